using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Roles;

/// <summary>Writes, and keeps book of what it was told.</summary>
internal sealed class Writer(World world, string name, int writes) : Role(name)
{
    private int _left = writes;
    private int _number;

    protected override bool HasWork => _left > 0;

    private Random Random => world.Simulator.Random;

    protected override async Task WorkAsync(Process process)
    {
        _left--;
        process.Tag = null;
        if (world.Plan.Beats && world.Simulator.Chance(0.4))
        {
            await process.Migration.Member.BeatAsync(default);
        }

        string tag = process.Tag = $"{Name}#{++_number}";
        bool changed;
        try
        {
            changed = await WriteAsync(process);
        }
        catch (CommitOutcomeUnknownException)
        {
            world.Ledger.Doubt();
            return;
        }
        catch (DbMoveException exception)
        {
            world.Simulator.Note(process.Actor, $"{tag} is refused: {exception.GetType().Name}");
            world.Ledger.Refuse(tag, exception);
            return;
        }

        world.Simulator.Note(process.Actor, tag + " has succeeded");
        world.Ledger.Acknowledge(tag, changed);
        if (world.Simulator.Chance(0.6))
        {
            await process.Migration.Clearer.FlushAsync(default);
        }
    }

    private async Task<bool> WriteAsync(Process process)
    {
        switch (Random.Next(8))
        {
            case 0 or 1:
                await process.Items.InsertAsync(world.Plan.UsesNumbers && world.Simulator.Chance(0.5) ? Make() with { Id = Item.Unnumbered } : Make());
                return true;
            case 2:
                return await process.Items.UpdateAsync(Make()) is not null;
            case 3 or 4:
                await process.Items.UpsertAsync(Make());
                return true;
            case 5 or 6:
                return await process.Items.DeleteAsync(Key());
            default:
                return await WriteTogetherAsync(process);
        }
    }

    /// <summary>Two or three writes in one transaction, perhaps to the same row.</summary>
    private async Task<bool> WriteTogetherAsync(Process process)
    {
        await using DualWriteTransaction transaction = await process.Migration.BeginTransactionAsync();
        if (world.Plan is { UsesSlots: true, Keys: > 1 } && world.Simulator.Chance(0.4))
        {
            await SwapAsync(process, transaction);
        }
        else
        {
            await process.Items.UpsertAsync(Make(), transaction);
        }

        if (world.Simulator.Chance(0.4))
        {
            await WriteAndTakeBackAsync(process, transaction);
        }

        if (world.Simulator.Chance(0.2))
        {
            await InsertCarelesslyAsync(process, transaction);
        }

        if (world.Simulator.Chance(0.5))
        {
            await process.Items.DeleteAsync(Key(), transaction);
        }

        if (world.Simulator.Chance(0.7))
        {
            await process.Items.UpsertAsync(Make(), transaction);
        }

        await transaction.CommitAsync();
        return true;
    }

    /// <summary>A write behind a savepoint, which is rolled back to, perhaps twice, or given up.</summary>
    private async Task WriteAndTakeBackAsync(Process process, DualWriteTransaction transaction)
    {
        await transaction.SaveAsync("point");
        await process.Items.UpsertAsync(Make(), transaction);
        if (world.Simulator.Chance(0.3))
        {
            await transaction.ReleaseAsync("point");
            return;
        }

        await transaction.RollbackAsync("point");
        if (world.Simulator.Chance(0.3))
        {
            await process.Items.DeleteAsync(Key(), transaction);
            await transaction.RollbackAsync("point");
        }
    }

    /// <summary>Inserts, and goes on after an error as if there had been none: nothing more may be sent.</summary>
    private async Task InsertCarelesslyAsync(Process process, DualWriteTransaction transaction)
    {
        try
        {
            await process.Items.InsertAsync(Make(), transaction);
        }
        catch (WriteFailedException)
        {
            try
            {
                await process.Items.UpsertAsync(Make(), transaction);
                world.Violate($"{process.Tag} writes in a transaction that an error has ended");
            }
            catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
            {
                // As it is to be: the transaction says that it is over.
            }

            throw;
        }
    }

    /// <summary>Two rows have each other's unique value afterwards, perhaps: no order of their final images fits the follower.</summary>
    private async Task SwapAsync(Process process, DualWriteTransaction transaction)
    {
        Item giver = Make() with { Id = 1, Slot = null };
        int slot = Random.Next(1, 3);
        await process.Items.UpsertAsync(giver, transaction);
        await process.Items.UpsertAsync(Make() with { Id = 2, Slot = slot }, transaction);
        await process.Items.UpsertAsync(giver with { Value = world.NextValue(), Slot = 3 - slot }, transaction);
    }

    private long Key() => Random.Next(1, world.Plan.Keys + 1);

    private Item Make() => new()
    {
        Id = Key(), Value = world.NextValue(), Slot = world.Plan.UsesSlots && world.Simulator.Chance(0.6) ? Random.Next(1, 3) : null,
    };
}

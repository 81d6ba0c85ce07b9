using DbMove.Dialects;
using DbMove.Mapping.Tests.Entities;

namespace DbMove.Mapping.Tests.InMemory;

/// <summary>What fails in memory fails where a database's failures do: in the task, and with all of its transaction.</summary>
public sealed class InMemoryFailureTests
{
    private static readonly Rack s_rack = new() { Id = 1, Width = 2 };

    [Fact]
    public async Task A_value_that_cannot_be_stored_ends_the_transaction_with_what_it_had_done()
    {
        InMemoryDatabase database = new();
        InMemoryRackRepository racks = new(database);
        await using DualWriteTransaction transaction = await database.BeginTransactionAsync();

        // Whoever goes on after an error must not commit the half of what he asked for.
        await Assert.ThrowsAsync<InvalidDataException>(() => racks.InsertManyAsync([s_rack, s_rack with { Id = 2, Width = 3 }], transaction));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
        Assert.Empty(racks.Rows);

        await Assert.ThrowsAsync<InvalidDataException>(() => racks.UpsertManyAsync([s_rack, s_rack with { Id = 2, Width = 3 }]));
        Assert.Empty(racks.Rows);
    }

    [Fact]
    public async Task A_cancelled_call_ends_the_transaction()
    {
        InMemoryDatabase database = new();
        await using DualWriteTransaction transaction = await database.BeginTransactionAsync();
        Task call = new InMemoryRackRepository(database).InsertAsync(s_rack, transaction, new CancellationToken(canceled: true));

        Assert.True(call.IsCanceled);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
    }

    [Fact]
    public async Task An_argument_that_is_refused_leaves_the_transaction_as_it_was()
    {
        InMemoryDatabase database = new();
        InMemoryRackRepository racks = new(database);
        await using DualWriteTransaction transaction = await database.BeginTransactionAsync();
        await racks.InsertAsync(s_rack, transaction);

        await Assert.ThrowsAsync<ArgumentException>(() => racks.UpdateFromAsync(s_rack, s_rack with { Id = 2 }, transaction));
        await Assert.ThrowsAsync<ArgumentNullException>("entity", () => racks.UpdateAsync(null!, transaction));
        await Assert.ThrowsAsync<ArgumentNullException>("inputs", () => racks.UpsertManyAsync([null!], transaction));
        await transaction.CommitAsync();
        Assert.Single(racks.Rows);
    }

    [Fact]
    public void Every_failure_is_in_the_task()
    {
        InMemoryDatabase database = new();
        (InMemoryRackRepository racks, InMemorySlotRepository slots) = (new(database), new(database));

        Assert.All<Task>(
            [
                racks.InsertAsync(null!), racks.InsertManyAsync(null!), racks.UpsertManyAsync([null!]), racks.UpdateAsync(null!), racks.UpdateManyAsync(null!),
                racks.UpdateFromAsync(null!, s_rack), racks.DeleteManyAsync(null!), racks.DeleteUnchangedAsync(null!), racks.FindManyAsync(null!),
                racks.InsertAsync(s_rack with { Width = 3 }),
            ],
            call => Assert.True(call.IsFaulted));

        for (int number = 1; number <= byte.MaxValue; number++)
        {
            Assert.True(slots.InsertAsync(new Slot()).IsCompletedSuccessfully);
        }

        // Not 0, which would be a key that a database never gives.
        Assert.Equal(FailureKind.Data, Assert.IsType<WriteFailedException>(slots.InsertAsync(new Slot()).Exception?.InnerException).Kind);
        Assert.Equal(byte.MaxValue, slots.Rows.Count);
    }
}

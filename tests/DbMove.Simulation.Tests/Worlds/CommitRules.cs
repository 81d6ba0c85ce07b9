using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>
/// What every single commit must keep, by the rows alone. The ledger shows at a schedule's end that something was lost; this
/// shows it at once, before a later write or a repair has covered it up.
/// </summary>
internal sealed class CommitRules(World world)
{
    /// <summary>
    /// Whether the follower has everything but what an intent stands for. True from the moment at which both sides were seen to
    /// be equal, until dual writing ends.
    /// </summary>
    public bool IsComplete { get; set; }

    /// <summary>Commits by which something else than a write has changed the follower's rows.</summary>
    public int Repairs { get; private set; }

    private bool IsDual => world.Control.Stage is "src_first" or "dst_first";

    /// <summary>A transaction is about to commit.</summary>
    public void Committing(Transaction transaction)
    {
        Slot[] items = [.. transaction.Changed("item").Where(slot => !Equals(slot.Row, slot.Pending))];
        if (world.Control.Authority != transaction.Server.Side)
        {
            Repairs += items.Length > 0 && transaction.Tag is null && IsDual ? 1 : 0;
            return;
        }

        HashSet<long> written = [.. transaction.Writes.Select(write => write.Key)];
        foreach (Slot slot in items.Where(slot => !written.Contains(slot.Key)))
        {
            world.Violate($"{transaction.Owner.Name} has changed row {slot.Key} of the {transaction.Server.Side}, which is the authority, and nobody wrote it");
        }

        if (written.Count > 0 && IsDual)
        {
            CheckWrite(transaction, written);
        }

        CheckFleet(transaction);
    }

    /// <summary>A transaction has ended.</summary>
    public void Ended(Transaction transaction)
    {
        if (!transaction.IsCommitted)
        {
            if (transaction is { Tag: { } tag, Writes.Count: > 0 })
            {
                Other(transaction).Imaged.Remove(tag);
            }

            return;
        }

        if (world.Control.Stage is "src_only" or "dst_only")
        {
            IsComplete = false;
        }

        if (IsComplete && IsDual && world.Control.Authority is { } authority)
        {
            CheckFollower(world.Servers[(int)authority], world.Servers[(int)authority.Other()], transaction);
        }
    }

    /// <summary>Behind a write stands an intent for each of its rows, and in strict mode the follower has taken its images.</summary>
    private void CheckWrite(Transaction transaction, HashSet<long> written)
    {
        HashSet<object?> intents = [.. transaction.Changed("dbmove_intent").Where(slot => slot.Pending is not null).Select(slot => Value(slot.Table, slot.Pending!, "key"))];
        foreach (long key in written.Where(key => !intents.Contains(ItemMap.FormatKey(key))))
        {
            world.Violate($"{transaction.Tag} commits row {key} in {world.Control.Stage} and leaves no intent");
        }

        if (world.Plan.IsStrict && !Other(transaction).Imaged.Contains(transaction.Tag!))
        {
            world.Violate($"{transaction.Tag} commits in strict mode, and the follower has refused it");
        }
    }

    /// <summary>Signs of life are given under the present epoch, and the authority moves with everyone who is alive.</summary>
    private void CheckFleet(Transaction transaction)
    {
        foreach (Slot slot in transaction.Changed("dbmove_instance").Where(slot => slot.Pending is not null && (long)Value(slot.Table, slot.Pending, "epoch")! != world.Control.Epoch))
        {
            world.Violate($"{transaction.Owner.Name} gives a sign of life under epoch {Value(slot.Table, slot.Pending!, "epoch")}, and it is {world.Control.Epoch}");
        }

        if (!transaction.Changed("dbmove_migration").Any(slot => slot.Pending is not null && AuthorityIn((string)Value(slot.Table, slot.Pending, "stage")!) != transaction.Server.Side))
        {
            return;
        }

        HashSet<object?> known = [.. Instances(Other(transaction)).Select(row => row.Name)];
        foreach ((object? name, _) in Instances(transaction.Server).Where(row => row.Expires > world.Simulator.Clock && !known.Contains(row.Name)))
        {
            world.Violate($"the authority moves, and the {Other(transaction).Side} does not know that {name} is alive");
        }
    }

    /// <summary>Where the sides differ, an intent is open.</summary>
    private void CheckFollower(MemoryServer authority, MemoryServer follower, Transaction last)
    {
        foreach (long key in authority.Tables["item"].Slots.Keys.Union(follower.Tables["item"].Slots.Keys))
        {
            (object? row, object? image) = (authority.Tables["item"].At(key).Row, follower.Tables["item"].At(key).Row);
            if (!Equals(row, image) && !IsOwed(authority, ItemMap.FormatKey(key)))
            {
                // Said once: every further commit would say it again.
                IsComplete = false;
                world.Violate($"since the commit of {last.Tag ?? last.Owner.Name} on the {last.Server.Side} no intent is open for row {key}, and the {authority.Side} holds {row ?? "nothing"}, the {follower.Side} {image ?? "nothing"}");
                return;
            }
        }
    }

    private static bool IsOwed(MemoryServer authority, string key)
    {
        Table intents = authority.Tables["dbmove_intent"];
        return intents.Committed().Any(row => key.Equals(Value(intents, row, "key")));
    }

    private static IEnumerable<(object? Name, long Expires)> Instances(MemoryServer server)
    {
        Table instances = server.Tables["dbmove_instance"];
        return instances.Committed().Select(row => (Value(instances, row, "instance"), (long)Value(instances, row, "expires_at")!));
    }

    private static Side AuthorityIn(string stage) => stage is "dst_first" or "dst_only" or "completed" ? Side.Target : Side.Source;

    private static object? Value(Table table, object row, string column) => ((object?[])row)[table.Columns[column]];

    private MemoryServer Other(Transaction transaction) => world.Servers[(int)transaction.Server.Side.Other()];
}

using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>
/// Looks at the control rows as they are committed, by rules of its own: who decides, and that no number of a stage's
/// assignment is used twice.
/// </summary>
internal sealed class ControlWatch(MemoryServer[] servers, Action<string> violate)
{
    private readonly Dictionary<long, string> _used = [];

    /// <summary>A row as it is committed.</summary>
    private readonly record struct Assignment(Side Side, long Epoch, string Stage, bool IsPrepared)
    {
        public Side Authority => Stage is "dst_first" or "dst_only" or "completed" ? Side.Target : Side.Source;
    }

    /// <summary>The side that decides now; null: none.</summary>
    public Side? Authority
    {
        get
        {
            Assignment[] rows = [.. servers.SelectMany(server => Read(server))];
            Assignment[] alone = [.. rows.Where(row => !row.IsPrepared && row.Authority == row.Side)];
            return alone.Length switch
            {
                1 => alone[0].Side,
                > 1 => null,
                _ when !Array.Exists(rows, row => row.Side == Side.Source || row.Stage != "initial") => Side.Source,
                _ => rows is [var one, var two] && (one.Epoch, one.Stage) == (two.Epoch, two.Stage) ? one.Authority : null,
            };
        }
    }

    /// <summary>The stage's name on the wire, by the row of the side that decides.</summary>
    public string Stage => Authority is not { } side ? "none" : Read(servers[(int)side]).FirstOrDefault().Stage ?? "initial";

    /// <summary>The epoch, by the row of the side that decides.</summary>
    public long Epoch => Authority is { } side ? Read(servers[(int)side]).FirstOrDefault().Epoch : -1;

    /// <summary>Whether a switch is half-way, alive or dead.</summary>
    public bool IsPrepared => servers.SelectMany(server => Read(server)).Any(row => row.IsPrepared);

    public string Describe() => string.Join("; ", servers.SelectMany(server => Read(server)));

    /// <summary>A transaction is about to commit.</summary>
    public void Commit(Transaction transaction)
    {
        if (transaction.Writes.Count > 0 && Authority != transaction.Server.Side)
        {
            violate($"{transaction.Tag} is committed on the {transaction.Server.Side} as if it were the authority: {Describe()}");
        }

        foreach (Slot slot in transaction.Held.Where(slot => slot.IsChanged && slot.Table.Name == "dbmove_migration" && slot.Pending is not null))
        {
            (Assignment after, Assignment? before) = (Parse(slot.Table, slot.Pending!), slot.Row is null ? null : Parse(slot.Table, slot.Row));
            if (before is { } row && row.Epoch == after.Epoch)
            {
                // Clearing and undoing keep the number; preparing never does.
                if (after.IsPrepared && !row.IsPrepared)
                {
                    violate($"epoch {after.Epoch} is prepared again, for {after.Stage}");
                }

                continue;
            }

            // The one number that may come twice is that of a switch at its commit point.
            bool isCommitPoint = Read(servers[(int)after.Side.Other()]).Any(other => other.IsPrepared && other.Epoch == after.Epoch && other.Stage == after.Stage);
            if (!_used.TryAdd(after.Epoch, after.Stage) && !isCommitPoint)
            {
                violate($"epoch {after.Epoch} is used again, for {after.Stage} after {_used[after.Epoch]}");
            }
        }
    }

    private static IEnumerable<Assignment> Read(MemoryServer server) =>
        server.Tables.TryGetValue("dbmove_migration", out Table? table) ? table.Committed().Select(row => Parse(table, row)) : [];

    private static Assignment Parse(Table table, object row)
    {
        object? Value(string column) => ((object?[])row)[table.Columns[column]];
        return new(
            (string?)Value("side") == "source" ? Side.Source : Side.Target, (long)Value("epoch")!, (string)Value("stage")!, (long)Value("prepared")! != 0);
    }
}

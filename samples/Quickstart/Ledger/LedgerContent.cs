using Quickstart.Shop;

namespace Quickstart.Ledger;

/// <summary>What a ledger says of the final content: the last acknowledged image of every row, and what nobody can know.</summary>
internal sealed class LedgerContent
{
    private readonly Dictionary<RowKey, List<object?>> _possible = [];
    private readonly HashSet<object> _perhapsInserted = [];

    /// <summary>Reads all of a ledger.</summary>
    public static LedgerContent Read(string path)
    {
        LedgerContent content = new();
        Dictionary<long, LedgerEntry> open = [];
        foreach (LedgerEntry entry in LedgerFile.Read(path))
        {
            content.LastWrite = Math.Max(content.LastWrite, entry.Write);
            if (entry.Phase == LedgerEntry.Begin)
            {
                open.Add(entry.Write, entry);
                continue;
            }

            LedgerEntry? begun = open.GetValueOrDefault(entry.Write);
            open.Remove(entry.Write);
            if (entry.Phase == LedgerEntry.Done)
            {
                content.Acknowledge(entry);
            }
            else if (entry.Phase == LedgerEntry.Unknown && begun is not null)
            {
                content.Leave(begun);
            }
        }

        // What was under way when the process was killed is there or it is not.
        foreach (LedgerEntry entry in open.Values)
        {
            content.Leave(entry);
        }

        return content;
    }

    /// <summary>Acknowledged writes.</summary>
    public long Writes { get; private set; }

    public long LastWrite { get; private set; }

    /// <summary>The last acknowledged image of every row that was written; null: deleted. By writer, as rows have one owner.</summary>
    public Dictionary<RowKey, (object? Row, int Writer)> Acknowledged { get; } = [];

    /// <summary>Keys whose last write has no known outcome.</summary>
    public IReadOnlyDictionary<RowKey, List<object?>> Undecided => _possible;

    /// <summary>Whether a row that no acknowledged write made may be there: an insert of unknown outcome made it.</summary>
    public bool MayExist(RowKey key, object row) =>
        (_possible.TryGetValue(key, out List<object?>? images) && images.Contains(row)) || _perhapsInserted.Contains(WithoutId(row))
        || (row is OrderLine line && _perhapsInserted.Contains(line with { OrderId = 0 }));

    private void Acknowledge(LedgerEntry entry)
    {
        Writes++;
        foreach (LedgerRow row in entry.Rows)
        {
            Acknowledged[row.Key] = (row.Row, entry.Writer);
        }
    }

    private void Leave(LedgerEntry entry)
    {
        foreach (LedgerRow row in entry.Rows)
        {
            if (row.Id is null)
            {
                _perhapsInserted.Add(row.Row!);
            }
            else if (_possible.TryGetValue(row.Key, out List<object?>? images))
            {
                images.Add(row.Row);
            }
            else
            {
                _possible.Add(row.Key, [row.Row]);
            }
        }
    }

    private static object WithoutId(object row) => row switch
    {
        Customer customer => customer with { Id = 0 },
        Order order => order with { Id = 0 },
        _ => row,
    };
}

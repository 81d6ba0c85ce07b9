using System.Globalization;
using DbMove.Chaos.Bank;
using DbMove.Chaos.Ledger;

namespace DbMove.Chaos.Traffic;

/// <summary>What a writer knows of its rows, as it needs it to plan: only rows of which nothing is in doubt.</summary>
internal sealed class WriterRows(LedgerBook book)
{
    public LedgerBook Book => book;

    /// <summary>An account's balance and version; null: it is not there, or in doubt.</summary>
    public (long Balance, long Version)? Account(long id)
    {
        string row = RowChange.RowOf(id);
        return book.Doubtful.ContainsKey(row) || !book.Rows.TryGetValue(row, out string? value) || value is null ? null : Pair(value);
    }

    public bool IsInDoubt(long id) => book.Doubtful.ContainsKey(RowChange.RowOf(id));

    public List<long> Accounts(bool present) =>
        [.. Enumerable.Range(1, KeySpace.OwnRows).Select(number => KeySpace.Own(book.Writer, number)).Where(id => !IsInDoubt(id) && Account(id) is null != present)];

    /// <summary>Every entry that is there and whose key is known.</summary>
    public List<EntryView> Entries() =>
        [.. book.Rows.Where(row => row.Key[0] == 'e' && row.Value is not null && !book.Doubtful.ContainsKey(row.Key) && book.EntryKeys.ContainsKey(row.Key))
            .Select(row => new EntryView(row.Key[1..], book.EntryKeys[row.Key], Pair(row.Value!).First, Pair(row.Value!).Second))];

    /// <summary>Accounts that may have an entry of which the writer is not sure; they cannot be deleted.</summary>
    public HashSet<long> AccountsWithDoubtfulEntries() =>
        [.. book.Doubtful.Where(row => row.Key[0] == 'e')
            .SelectMany(row => row.Value.Changes.Where(change => change.Row == row.Key))
            .SelectMany(change => new[] { change.Before, change.After })
            .Where(value => value is not null)
            .Select(value => Pair(value!).First)];

    /// <summary>Entries that are gone are forgotten: their tokens never come back.</summary>
    public void Forget(LedgerOperation operation)
    {
        foreach (RowChange change in operation.Changes.Where(change => change.Row[0] == 'e' && change.After is null && operation.Outcome == Outcome.Acknowledged))
        {
            book.Rows.Remove(change.Row);
            book.EntryKeys.Remove(change.Row);
        }
    }

    private static (long First, long Second) Pair(string value)
    {
        string[] parts = value.Split('|');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}

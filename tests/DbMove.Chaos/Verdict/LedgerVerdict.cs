using DbMove.Chaos.Bank;
using DbMove.Chaos.Ledger;

namespace DbMove.Chaos.Verdict;

/// <summary>Holds both sides against the writers' ledgers.</summary>
internal sealed class LedgerVerdict
{
    private readonly List<string> _findings = [];

    private LedgerVerdict()
    {
    }

    public long Acknowledged { get; private set; }

    public long Failed { get; private set; }

    public long Unknown { get; private set; }

    /// <summary>Unknown outcomes that turned out to be applied.</summary>
    public long UnknownApplied { get; private set; }

    /// <summary>Rows that are not as the last acknowledged write left them, and rows that nobody wrote.</summary>
    public int Lost { get; private set; }

    /// <summary>Rows that differ between the sides.</summary>
    public int Diverged { get; private set; }

    public int Contradictions { get; private set; }

    public IReadOnlyList<string> Findings => _findings;

    public static LedgerVerdict Of(SideRows source, SideRows target, IReadOnlyList<LedgerBook> books)
    {
        LedgerVerdict verdict = new();
        verdict.CompareSides(source, target);
        foreach (LedgerBook book in books)
        {
            verdict.Acknowledged += book.Operations.Count(operation => operation.Outcome == Outcome.Acknowledged);
            verdict.Failed += book.Operations.Count(operation => operation.Outcome == Outcome.Failed);
            verdict.Unknown += book.Operations.Count(operation => operation.Outcome == Outcome.Unknown);
            verdict.Contradictions += book.Contradictions.Count;
            verdict._findings.AddRange(book.Contradictions.Select(contradiction => "contradiction: " + contradiction));
            verdict.CheckKnown(source, target, book);
            verdict.CheckUnknown(source, target, book);
        }

        verdict.CheckOthers(source, target, books);
        return verdict;
    }

    private static string? At(SideRows side, string row) => side.Values.GetValueOrDefault(row);

    private void CompareSides(SideRows source, SideRows target)
    {
        foreach (string row in source.Raw.Keys.Union(target.Raw.Keys))
        {
            (string? one, string? other) = (source.Raw.GetValueOrDefault(row), target.Raw.GetValueOrDefault(row));
            if (one != other)
            {
                Diverged++;
                _findings.Add($"diverged: {row}: source {one ?? "nothing"}, target {other ?? "nothing"}");
            }
        }
    }

    private void CheckKnown(SideRows source, SideRows target, LedgerBook book)
    {
        foreach ((string row, string? expected) in book.Rows)
        {
            if (!book.Doubtful.ContainsKey(row) && (At(source, row) != expected || At(target, row) != expected))
            {
                Lose($"writer {book.Writer}: {row} was left as {expected ?? "nothing"}, and is {At(source, row) ?? "nothing"} on the source, {At(target, row) ?? "nothing"} on the target", book, row);
            }
        }
    }

    /// <summary>An unknown write is there as a whole or not at all, on both sides alike.</summary>
    private void CheckUnknown(SideRows source, SideRows target, LedgerBook book)
    {
        foreach (LedgerOperation operation in book.Doubtful.Values.Distinct())
        {
            bool isApplied = operation.Changes.All(change => At(source, change.Row) == change.After && At(target, change.Row) == change.After);
            bool isAbsent = operation.Changes.All(change => At(source, change.Row) == change.Before && At(target, change.Row) == change.Before);
            UnknownApplied += isApplied ? 1 : 0;
            if (!isApplied && !isAbsent)
            {
                string rows = string.Join(", ", operation.Changes.Select(change => $"{change.Row}: {change.Before ?? "nothing"} > {change.After ?? "nothing"}, source {At(source, change.Row) ?? "nothing"}, target {At(target, change.Row) ?? "nothing"}"));
                Lose($"writer {book.Writer}: the unknown {operation.Kind} {operation.Sequence} is half there ({rows})", book, operation.Changes[0].Row);
            }
        }
    }

    private void CheckOthers(SideRows source, SideRows target, IReadOnlyList<LedgerBook> books)
    {
        HashSet<string> written = [.. books.SelectMany(book => book.Rows.Keys)];
        foreach ((SideRows side, string name) in new[] { (source, "source"), (target, "target") })
        {
            long sum = Enumerable.Range(1, KeySpace.SharedRows).Sum(number => At(side, RowChange.RowOf(KeySpace.Shared(number))) is { } value ? long.Parse(value.Split('|', ' ')[0], System.Globalization.CultureInfo.InvariantCulture) : 0);
            if (sum != KeySpace.SharedRows * KeySpace.SharedBalance)
            {
                Lose($"the shared accounts on the {name} add up to {sum} instead of {KeySpace.SharedRows * KeySpace.SharedBalance}", null, "");
            }

            foreach (string row in side.Values.Keys.Where(row => !written.Contains(row) && !(row[0] == 'a' && IsKnown(long.Parse(row[1..], System.Globalization.CultureInfo.InvariantCulture)))))
            {
                Lose($"{row} stands on the {name} as {At(side, row)}, and nobody wrote it", null, row);
            }

            for (long quiet = 1; quiet <= KeySpace.QuietRows; quiet++)
            {
                if (At(side, RowChange.RowOf(quiet)) != RowChange.ValueOfAccount(KeySpace.OpeningBalance, 0))
                {
                    Lose($"account {quiet}, which nobody writes, is {At(side, RowChange.RowOf(quiet)) ?? "gone"} on the {name}", null, "");
                }
            }
        }
    }

    private static bool IsKnown(long account) => KeySpace.IsQuiet(account) || KeySpace.IsShared(account);

    private void Lose(string what, LedgerBook? book, string row)
    {
        Lost++;
        _findings.Add("lost: " + what);
        foreach (LedgerOperation operation in (book?.Operations ?? []).Where(operation => operation.Changes.Any(change => change.Row == row)).TakeLast(4))
        {
            _findings.Add($"      write {operation.Sequence} {operation.Kind} {operation.Outcome} {Time(operation.StartedAt)} to {(operation.EndedAt is { } ended ? Time(ended) : "no answer")} {operation.Detail}");
        }
    }

    private static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
}

using System.Globalization;
using DbMove.Chaos.Bank;

namespace DbMove.Chaos.Ledger;

/// <summary>What a writer's ledger adds up to: every row's last known value, and the rows of which one write is unknown.</summary>
internal sealed class LedgerBook
{
    private LedgerBook(int writer) => Writer = writer;

    public int Writer { get; }

    /// <summary>Every row that the writer ever had; null: it is not there.</summary>
    public Dictionary<string, string?> Rows { get; } = [];

    /// <summary>Rows whose last write is unknown. They are never written again, so that both answers stay possible.</summary>
    public Dictionary<string, LedgerOperation> Doubtful { get; } = [];

    /// <summary>The key of an entry's token.</summary>
    public Dictionary<string, long> EntryKeys { get; } = [];

    public List<LedgerOperation> Operations { get; } = [];

    public List<string> Contradictions { get; } = [];

    public long LastSequence { get; private set; }

    /// <summary>Reads a ledger; without a file it is the beginning.</summary>
    public static LedgerBook Read(string folder, int writer)
    {
        LedgerBook book = new(writer);
        for (int number = 1; number <= KeySpace.OpeningRows; number++)
        {
            book.Rows[RowChange.RowOf(KeySpace.Own(writer, number))] = RowChange.ValueOfAccount(KeySpace.OpeningBalance, 0);
        }

        string path = LedgerFile.PathOf(folder, writer);
        if (!File.Exists(path))
        {
            return book;
        }

        Dictionary<long, LedgerOperation> open = [];
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            book.Take(line.Split('\t'), open);
        }

        foreach (LedgerOperation unanswered in open.Values.OrderBy(operation => operation.Sequence))
        {
            book.Apply(unanswered);
        }

        return book;
    }

    /// <summary>Takes a settled write into account.</summary>
    public void Apply(LedgerOperation operation)
    {
        foreach (RowChange change in operation.Changes)
        {
            if (operation.Outcome == Outcome.Acknowledged)
            {
                Rows[change.Row] = change.After;
            }
            else if (operation.Outcome == Outcome.Unknown)
            {
                Rows.TryAdd(change.Row, change.Before);
                Doubtful[change.Row] = operation;
            }
        }

        if (operation.Outcome == Outcome.Acknowledged && operation.Kind == "entry" && long.TryParse(operation.Detail, CultureInfo.InvariantCulture, out long key))
        {
            EntryKeys[operation.Changes[0].Row] = key;
        }
    }

    private void Take(string[] fields, Dictionary<long, LedgerOperation> open)
    {
        (long sequence, long at) = (long.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[2], CultureInfo.InvariantCulture));
        LastSequence = Math.Max(LastSequence, sequence);
        switch (fields[0])
        {
            case "I":
                LedgerOperation begun = new(sequence, fields[3], at, [.. fields[4].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ParseChange)]);
                Operations.Add(begun);
                open.Add(sequence, begun);
                break;
            case "C":
                Contradictions.Add($"writer {Writer}, write {sequence}: {fields[3]}");
                break;
            default:
                if (open.Remove(sequence, out LedgerOperation? operation))
                {
                    operation.Outcome = fields[0] switch { "A" => Outcome.Acknowledged, "F" => Outcome.Failed, _ => Outcome.Unknown };
                    (operation.EndedAt, operation.Detail) = (at, fields[3]);
                    Apply(operation);
                }

                break;
        }
    }

    private static RowChange ParseChange(string text)
    {
        string[] parts = text.Split('=', '>');
        return new(parts[0], parts[1] == "-" ? null : parts[1], parts[2] == "-" ? null : parts[2]);
    }
}

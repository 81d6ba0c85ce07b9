using System.Text;

namespace DbMove.Chaos.Ledger;

/// <summary>
/// A writer's ledger: a line before a write is sent, and a line when its answer is there. Every line is handed to the
/// operating system at once, and only processes are killed here, not the machine: so it outlives its writer.
/// </summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly FileStream _file;

    public LedgerFile(string path)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        DropHalfLine();
    }

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public static string PathOf(string folder, int writer) => Path.Combine(folder, $"writer-{writer}.ledger");

    /// <summary>Before the write is sent.</summary>
    public LedgerOperation Intend(long sequence, string kind, IReadOnlyList<RowChange> changes)
    {
        LedgerOperation operation = new(sequence, kind, Now, changes);
        string rows = string.Join(';', changes.Select(change => $"{change.Row}={change.Before ?? "-"}>{change.After ?? "-"}"));
        Write($"I\t{sequence}\t{operation.StartedAt}\t{kind}\t{rows}");
        return operation;
    }

    /// <summary>When its answer is there.</summary>
    public void Settle(LedgerOperation operation, Outcome outcome, string detail)
    {
        (operation.Outcome, operation.EndedAt, operation.Detail) = (outcome, Now, detail);
        Write($"{outcome.ToString()[0]}\t{operation.Sequence}\t{operation.EndedAt}\t{OneLine(detail)}");
    }

    /// <summary>What cannot be if nothing is lost: the library's answer contradicts what it acknowledged before.</summary>
    public void Contradict(LedgerOperation operation, string detail) => Write($"C\t{operation.Sequence}\t{Now}\t{OneLine(detail)}");

    public void Dispose() => _file.Dispose();

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    private void Write(string line) => _file.Write(Encoding.UTF8.GetBytes(line + "\n"));

    // Of a process killed in the middle of a line: the write that it announced was not sent.
    private void DropHalfLine()
    {
        long end = _file.Length;
        while (end > 0)
        {
            _file.Position = end - 1;
            if (_file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        _file.SetLength(end);
        _file.Position = end;
    }
}

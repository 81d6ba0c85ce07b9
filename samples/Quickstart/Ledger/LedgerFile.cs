using System.Text.Json;

namespace Quickstart.Ledger;

/// <summary>The ledger: what the writers were told is safe. Kept apart from both databases, so that it can accuse them.</summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly FileStream _file;
    private readonly Lock _appending = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private long _appended;
    private long _flushed;

    public LedgerFile(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        CutTornLine();
    }

    public string Path { get; }

    /// <summary>Appends an entry; the system has it, the disk perhaps not.</summary>
    public void Append(LedgerEntry entry)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, LedgerJson.Default.LedgerEntry), (byte)'\n'];
        lock (_appending)
        {
            _file.Write(line);
            _appended++;
        }
    }

    /// <summary>Appends an entry and returns when it is on the disk. Writers that come together share one flush.</summary>
    public async Task AppendDurablyAsync(LedgerEntry entry)
    {
        Append(entry);
        long mine = Interlocked.Read(ref _appended);
        await _flushing.WaitAsync();
        try
        {
            if (_flushed < mine)
            {
                long all = Interlocked.Read(ref _appended);
                RandomAccess.FlushToDisk(_file.SafeFileHandle);
                _flushed = all;
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Reads a ledger from its file.</summary>
    public static IEnumerable<LedgerEntry> Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        while (reader.ReadLine() is { } line)
        {
            yield return JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerEntry)!;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _flushing.Dispose();
    }

    /// <summary>A process that was killed while it appended left half a line, whose write nobody was told of.</summary>
    private void CutTornLine()
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

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quickstart.Options;

namespace Quickstart.Scenario;

/// <summary>The folder of a run: ledger, damage list, the run's record, and in a run without options both databases.</summary>
internal sealed class Workplace
{
    private const string RecordName = "run.json";

    private Workplace(string folder, DatabaseAddress source, DatabaseAddress target)
    {
        Folder = folder;
        Source = source;
        Target = target;
    }

    public string Folder { get; }

    public DatabaseAddress Source { get; }

    public DatabaseAddress Target { get; }

    public string LedgerPath => Path.Combine(Folder, "ledger.jsonl");

    public string DamagePath => Path.Combine(Folder, "damage.jsonl");

    private string RecordPath => Path.Combine(Folder, RecordName);

    /// <summary>Where a run has its files. Nothing is created.</summary>
    public static Workplace Find(QuickstartOptions options)
    {
        if (options is not { Source: { } source, Target: { } target })
        {
            string fresh = Path.Combine(Path.GetTempPath(), "dbmove-quickstart-" + Path.GetRandomFileName()[..8]);
            return new(fresh, DatabaseAddress.OfFile(Path.Combine(fresh, "source.db")), DatabaseAddress.OfFile(Path.Combine(fresh, "target.db")));
        }

        // A run without options keeps its files beside its databases; going on with it names these.
        string beside = source.IsSqlite ? Path.GetDirectoryName(source.Value)! : string.Empty;
        if (beside.Length > 0 && Read(Path.Combine(beside, RecordName)) is { } record && record.Source == source.Name && record.Target == target.Name)
        {
            return new(beside, source, target);
        }

        string mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Name + "\n" + target.Name)))[..12];
        return new(Path.Combine(Path.GetTempPath(), "dbmove-quickstart-" + mark), source, target);
    }

    /// <summary>The record of an interrupted run between the same databases; null when there is none.</summary>
    public RunRecord? Read() => Read(RecordPath) is { } record && record.Source == Source.Name && record.Target == Target.Name ? record : null;

    /// <summary>Replaces the record in one step.</summary>
    public void Write(RunRecord record)
    {
        Directory.CreateDirectory(Folder);
        string next = RecordPath + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(record, RunJson.Default.RunRecord));
        File.Move(next, RecordPath, overwrite: true);
    }

    /// <summary>Forgets what an earlier run left.</summary>
    public void Clear()
    {
        foreach (string path in (string[])[LedgerPath, DamagePath, RecordPath])
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Removes the run's files and, when it was the sample's own, the folder with both databases.</summary>
    public void Remove()
    {
        if (Directory.Exists(Folder))
        {
            Clear();
            bool isOwn = Path.GetDirectoryName(Source.Value) == Folder && Path.GetFileName(Folder).StartsWith("dbmove-quickstart-", StringComparison.Ordinal);
            if (isOwn || !Directory.EnumerateFileSystemEntries(Folder).Any())
            {
                Directory.Delete(Folder, recursive: true);
            }
        }
    }

    private static RunRecord? Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), RunJson.Default.RunRecord) : null;
}

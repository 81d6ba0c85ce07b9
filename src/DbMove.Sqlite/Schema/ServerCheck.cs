using DbMove.Sqlite.Sessions;
using SQLitePCL;

namespace DbMove.Sqlite.Schema;

/// <summary>What must be right about the library, the file and its folder before a migration starts.</summary>
internal static class ServerCheck
{
    private const int LeastVersion = 3_038_000;
    private const int FullSynchronous = 2;

    public static IReadOnlyList<string> Run(SqliteLink link, bool requireDurability, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        string path = FileIdentity.PathOf(link.Handle);
        if (raw.sqlite3_libversion_number() < LeastVersion)
        {
            faults.Add($"SQLite is {raw.sqlite3_libversion().utf8_to_string()}; DbMove needs 3.38 or newer. Update the native library.");
        }

        if (raw.sqlite3_db_readonly(link.Handle, "main") != 0)
        {
            faults.Add($"The file '{path}' cannot be written. Give this process write access to it.");
        }

        string encoding = link.Query("PRAGMA encoding", default, static row => row.GetString(0), cancellationToken)[0];
        if (encoding != "UTF-8")
        {
            faults.Add($"The file '{path}' keeps text as {encoding}, which SQLite does not sort by code points. Dump it into a new file with PRAGMA encoding = 'UTF-8'.");
        }

        long synchronous = link.Query("PRAGMA synchronous", default, static row => row.GetInt64(0), cancellationToken)[0];
        if (requireDurability && synchronous < FullSynchronous)
        {
            faults.Add($"Commits to '{path}' are not durable (PRAGMA synchronous is {synchronous}). Remove what lowers it.");
        }

        if (CheckFolder(Path.GetDirectoryName(path)!) is { } fault)
        {
            faults.Add(fault);
        }

        return faults;
    }

    /// <summary>The write-ahead log lives beside the file, so files must be creatable there.</summary>
    private static string? CheckFolder(string folder)
    {
        string probe = Path.Combine(folder, ".dbmove-" + Path.GetRandomFileName());
        try
        {
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return $"No file can be created in the folder '{folder}', where SQLite keeps its write-ahead log ({exception.Message}) Give this process write access to the folder.";
        }
    }
}

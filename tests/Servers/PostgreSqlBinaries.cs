namespace DbMove.Tests.Servers;

/// <summary>Where PostgreSQL's programs are installed.</summary>
public sealed record PostgreSqlBinaries(string Folder)
{
    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>Looks in <c>PGBIN</c>, the path, and where distributions put them, newest version first; null: nowhere.</summary>
    public static PostgreSqlBinaries? Find()
    {
        IEnumerable<string> named = (Environment.GetEnvironmentVariable("PGBIN") is { Length: > 0 } folder ? [folder] : Array.Empty<string>())
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        IEnumerable<string> installed = new[] { "/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt" }
            .Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateDirectories(root).OrderByDescending(Version))
            .Select(version => Path.Combine(version, "bin"));
        return named.Concat(installed)
            .Where(candidate => File.Exists(Path.Combine(candidate, "initdb")) && File.Exists(Path.Combine(candidate, "pg_ctl")))
            .Select(candidate => new PostgreSqlBinaries(candidate))
            .FirstOrDefault();
    }

    private static int Version(string folder) =>
        int.TryParse(Path.GetFileName(folder).Split('@')[^1], out int version) ? version : 0;
}

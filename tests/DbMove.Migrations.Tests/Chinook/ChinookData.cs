using System.Reflection;
using System.Text.RegularExpressions;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.Chinook;

/// <summary>The Chinook files, which lie beside the repository, and the databases made from them.</summary>
internal static partial class ChinookData
{
    /// <summary>Tables with their key columns, in the order of the script's table definitions.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Keys = new Dictionary<string, string[]>
    {
        ["album"] = ["album_id"],
        ["artist"] = ["artist_id"],
        ["customer"] = ["customer_id"],
        ["employee"] = ["employee_id"],
        ["genre"] = ["genre_id"],
        ["invoice"] = ["invoice_id"],
        ["invoice_line"] = ["invoice_line_id"],
        ["media_type"] = ["media_type_id"],
        ["playlist"] = ["playlist_id"],
        ["playlist_track"] = ["playlist_id", "track_id"],
        ["track"] = ["track_id"],
    };

    private const string Populate = "Populate Tables";

    /// <summary>The SQLite file, or the test is skipped.</summary>
    public static string SqliteFile() => Find("Chinook_Sqlite.sqlite");

    /// <summary>Runs the PostgreSQL script's table definitions, and with <paramref name="rows"/> its rows.</summary>
    public static async Task<PlainDatabase> CreateAsync(PostgreSqlServer server, bool rows)
    {
        string script = await File.ReadAllTextAsync(Find("Chinook_PostgreSql.sql"), TestContext.Current.CancellationToken);

        // What comes before drops and creates a database named chinook and connects psql to it.
        const string Connect = @"\c chinook;";
        script = script[(script.IndexOf(Connect, StringComparison.Ordinal) + Connect.Length)..];
        if (!rows)
        {
            script = script[..script.LastIndexOf("/*", script.IndexOf(Populate, StringComparison.Ordinal), StringComparison.Ordinal)];
        }

        // To PostgreSQL N'…' is of type character, whose trailing blanks are lost on the way into a varchar. The script
        // has such values ('Edinburgh '), and the SQLite file holds them as they are written.
        script = NationalLiteral().Replace(script, "$1'");
        PlainDatabase database = await PlainDatabase.CreateAsync(Engine.PostgreSql, server);
        await database.RunAsync(script);
        return database;
    }

    /// <summary>A table of a PostgreSQL database by plain SELECT: row by key.</summary>
    public static async Task<Dictionary<string, string>> ReadAsync(PlainDatabase database, string table, bool sqlite = false)
    {
        List<string[]> rows = await database.RowsAsync($"SELECT * FROM {(sqlite ? table.Replace("_", "", StringComparison.Ordinal) : table)}");
        return rows.ToDictionary(row => KeyOf(table, row), row => string.Join('|', row));
    }

    /// <summary>The key columns are the first ones in every table.</summary>
    public static string KeyOf(string table, IEnumerable<string> values) => string.Join('|', values.Take(Keys[table].Length));

    [GeneratedRegex(@"([(,] ?)N'")]
    private static partial Regex NationalLiteral();

    private static string Find(string file)
    {
        string root = typeof(ChinookData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(pair => pair.Key == "RepositoryRoot").Value!;
        string shared = Environment.GetEnvironmentVariable("DBMOVE_SHARED_DATA") is { Length: > 0 } named ? named : Path.GetFullPath(Path.Combine(root, "..", "shared", "data"));
        string path = Path.Combine(shared, "chinook", file);
        Assert.SkipUnless(File.Exists(path), $"The Chinook data is not there: {path}. It is looked for in ../shared/data beside the repository, or where DBMOVE_SHARED_DATA says.");
        return path;
    }
}

using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DbMove.AspNetCore.Tests.Setup;

/// <summary>Two SQLite files with the table <c>item</c>, rows in the source only. Plain SQL is the oracle.</summary>
internal sealed class ItemFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dbmove-control-").FullName;

    public ItemFiles(int rows)
    {
        Run(Side.Source, "PRAGMA journal_mode = WAL; CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        Run(Side.Target, "PRAGMA journal_mode = WAL; CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        Run(Side.Source, string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE n(i) AS (SELECT 1 WHERE {rows} > 0 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO item SELECT i, 'item ' || i FROM n"));
    }

    public string PathOf(Side side) => Path.Combine(_folder, side + ".db");

    public void Run(Side side, string sql)
    {
        using SqliteConnection connection = Open(side);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Every row as text, columns joined by <c>|</c>.</summary>
    public List<string> Rows(Side side, string sql)
    {
        using SqliteConnection connection = Open(side);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "null" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    /// <summary>Everything that stands in both files, control tables and all, but for the signs of life that a service gives by itself.</summary>
    public List<string> Everything()
    {
        List<string> everything = [];
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            foreach (string table in Rows(side, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('dbmove_instance', 'dbmove_lease') ORDER BY name"))
            {
                everything.Add(side + "." + table);
                everything.AddRange(Rows(side, $"SELECT * FROM \"{table}\" ORDER BY 1"));
            }
        }

        return everything;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteConnection Open(Side side)
    {
        SqliteConnection connection = new($"Data Source={PathOf(side)};Pooling=False;Foreign Keys=False");
        connection.Open();
        return connection;
    }
}

using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DbMove.Migrations.Tests.Databases;

/// <summary>A SQLite file in a folder of its own.</summary>
internal sealed class PlainSqlite : PlainDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dbmove-migrations-").FullName;

    /// <summary>Makes the file, empty or as a copy of another.</summary>
    public PlainSqlite(string? copyOf = null)
    {
        Address = Path.Combine(_folder, "test.db");
        File.WriteAllBytes(Address, copyOf is null ? [] : File.ReadAllBytes(copyOf));
    }

    public override string Address { get; }

    public override MigrationBuilder AsSource(MigrationBuilder builder) => builder.FromSqlite(Address);

    public override MigrationBuilder AsTarget(MigrationBuilder builder) => builder.ToSqlite(Address);

    public override async Task<List<string>> TablesAsync() =>
        [.. (await RowsAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")).Select(row => row[0])];

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public override async Task<DbConnection> OpenAsync()
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = Address, Pooling = false, DefaultTimeout = 60 }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    // SQLite has no such types: what the column is declared as says how its text or number is to be read.
    protected override object Value(DbDataReader reader, int ordinal)
    {
        object value = reader.GetValue(ordinal);
        string declared = reader.GetDataTypeName(ordinal);
        return value switch
        {
            string text when declared.StartsWith("DATETIME", StringComparison.OrdinalIgnoreCase) => DateTime.Parse(text, CultureInfo.InvariantCulture),
            double or long when declared.StartsWith("NUMERIC", StringComparison.OrdinalIgnoreCase) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            _ => value,
        };
    }
}

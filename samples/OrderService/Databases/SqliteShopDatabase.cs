using System.Data.Common;
using DbMove;
using Microsoft.Data.Sqlite;

namespace OrderService.Databases;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteShopDatabase(Side side, string path) : ShopDatabase(side)
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite }.ConnectionString;

    public override bool CreatesTables => true;

    public override void AddTo(MigrationBuilder builder) => _ = Side == Side.Source ? builder.FromSqlite(path) : builder.ToSqlite(path);

    public override async Task CreateTablesAsync(CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await using (new FileStream(full, FileMode.OpenOrCreate))
        {
            // An empty file is an empty database; DbMove opens only files that are there.
        }

        // With the write-ahead log, who lists orders never waits for who places one. It stays on in the file.
        await ExecuteAsync("PRAGMA journal_mode = WAL;" + ShopTables.Script(Side, ColumnTypes.Sqlite), cancellationToken);
    }

    protected override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        SqliteConnection connection = new(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}

using System.Data.Common;
using DbMove;
using Microsoft.Data.Sqlite;
using Quickstart.Options;
using Quickstart.Seeding;
using Quickstart.Shop;
using SQLitePCL;

namespace Quickstart.Databases;

/// <summary>A side in a SQLite file.</summary>
internal sealed class SqliteShopDatabase(Side side, DatabaseAddress address) : ShopDatabase(side, address.Name)
{
    private readonly string _path = address.Value;
    private bool _createdFile;

    public override async Task<SideState> InspectAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(_path))
            {
                CheckFolder();
                return new SideState(HasTables: false, HasRows: false, MigrationStage: null, Identity: _path);
            }

            await using FileStream writable = new(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            CheckFolder();
            return await InspectTablesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new UsageException($"The {Title} cannot be used: {exception.Message.TrimEnd('.')}.");
        }
    }

    public override async Task CreateTablesAsync(CancellationToken cancellationToken)
    {
        _createdFile = !File.Exists(_path);
        await using SqliteConnection connection = Connect(SqliteOpenMode.ReadWriteCreate);
        await ExecuteAsync(
            connection,
            $"""
            CREATE TABLE customers (
                id INTEGER PRIMARY KEY AUTOINCREMENT, {ShopSql.NameColumn(Side)} TEXT NOT NULL, email TEXT NOT NULL UNIQUE, city TEXT NOT NULL, customer_since DATE NOT NULL);
            CREATE TABLE orders (
                id INTEGER PRIMARY KEY AUTOINCREMENT, reference TEXT NOT NULL, customer_id INTEGER NOT NULL REFERENCES customers (id), status INTEGER NOT NULL,
                total DECIMAL(12,2) NOT NULL, note TEXT, placed_at TIMESTAMPTZ NOT NULL, updated_at TIMESTAMPTZ NOT NULL);
            CREATE INDEX orders_customer_id ON orders (customer_id);
            CREATE TABLE order_lines (
                order_id INTEGER NOT NULL REFERENCES orders (id), line_number INTEGER NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL,
                unit_price DECIMAL(10,2) NOT NULL, PRIMARY KEY (order_id, line_number)) WITHOUT ROWID;
            """,
            cancellationToken);
    }

    public override async Task DropTablesAsync(CancellationToken cancellationToken)
    {
        if (_createdFile)
        {
            foreach (string suffix in (string[])[string.Empty, "-wal", "-shm"])
            {
                File.Delete(_path + suffix);
            }

            return;
        }

        await using SqliteConnection connection = Connect(SqliteOpenMode.ReadWrite);
        await ExecuteAsync(connection, "DROP TABLE order_lines; DROP TABLE orders; DROP TABLE customers;", cancellationToken);
    }

    public override async Task FillAsync(SeededShop shop, CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = Connect(SqliteOpenMode.ReadWrite);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (ShopTable table in ShopSql.Tables)
        {
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = ShopSql.Insert(table, Side);
            SqliteParameter[] parameters = [.. ShopSql.Columns(table, Side).Select(column => command.Parameters.Add(new SqliteParameter("@" + column, null)))];
            foreach (object row in shop.Rows(table))
            {
                cancellationToken.ThrowIfCancellationRequested();
                object?[] values = ShopSql.Values(row);
                for (int index = 0; index < values.Length; index++)
                {
                    parameters[index].Value = values[index] ?? DBNull.Value;
                }

                command.ExecuteNonQuery();
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public override async Task InTransactionAsync(Func<DbConnection, Task> work, CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = Connect(SqliteOpenMode.ReadWrite);

        // Busy writers leave the file free for moments only; the driver's own wait of 150 ms would miss them.
        while (raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE") == raw.SQLITE_BUSY)
        {
            await Task.Delay(1, cancellationToken);
        }

        await work(connection);
        await ExecuteAsync(connection, "COMMIT", cancellationToken);
    }

    public override void AddTo(MigrationBuilder builder) => _ = Side == Side.Source ? builder.FromSqlite(_path) : builder.ToSqlite(_path);

    public override Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<DbConnection>(Connect(SqliteOpenMode.ReadWrite));

    private async Task<SideState> InspectTablesAsync(CancellationToken cancellationToken)
    {
        HashSet<string> tables = [.. await QueryAsync<string>(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('customers', 'orders', 'order_lines', 'dbmove_migration')", cancellationToken)];
        string? stage = tables.Remove("dbmove_migration")
            ? (await QueryAsync<string>($"SELECT stage FROM dbmove_migration WHERE name = '{ShopMigration.Name}'", cancellationToken)).FirstOrDefault()
            : null;
        bool hasRows = await ShopTables.HaveRowsAsync(this, tables, cancellationToken);
        return new SideState(tables.Count > 0, hasRows, stage, _path);
    }

    /// <summary>SQLite keeps its write-ahead log beside the file.</summary>
    private void CheckFolder()
    {
        string folder = Path.GetDirectoryName(_path)!;
        using FileStream probe = new(Path.Combine(folder, ".quickstart-" + Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = false, ForeignKeys = true }.ToString());
        connection.Open();
        return connection;
    }
}

using System.Data.Common;
using DbMove;
using Quickstart.Seeding;
using Quickstart.Shop;

namespace Quickstart.Databases;

/// <summary>One side by plain SQL, behind DbMove's back: how the shop comes to be there, and how results are checked.</summary>
internal abstract class ShopDatabase(Side side, string name)
{
    public Side Side { get; } = side;

    /// <summary>What may be printed.</summary>
    public string Name { get; } = name;

    /// <summary>The side's name with its address.</summary>
    public string Title => $"{(Side == Side.Source ? "source" : "target")} ({Name})";

    /// <summary>Looks at the database without changing it.</summary>
    /// <exception cref="Options.UsageException">It cannot be reached, or does not let the sample work.</exception>
    public abstract Task<SideState> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Creates the empty tables.</summary>
    public abstract Task CreateTablesAsync(CancellationToken cancellationToken);

    /// <summary>Takes back <see cref="CreateTablesAsync"/>.</summary>
    public abstract Task DropTablesAsync(CancellationToken cancellationToken);

    /// <summary>Fills empty tables with the seeded shop.</summary>
    public abstract Task FillAsync(SeededShop shop, CancellationToken cancellationToken);

    /// <summary>Takes back <see cref="FillAsync"/>.</summary>
    public async Task EmptyTablesAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "DELETE FROM order_lines; DELETE FROM orders; DELETE FROM customers;", cancellationToken);
    }

    /// <summary>Runs statements in one transaction, beside whatever else writes.</summary>
    public abstract Task InTransactionAsync(Func<DbConnection, Task> work, CancellationToken cancellationToken);

    /// <summary>Makes this database its side of a migration.</summary>
    public abstract void AddTo(MigrationBuilder builder);

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>All rows of a table in key order.</summary>
    public async IAsyncEnumerable<object> ReadAsync(ShopTable table, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = ShopSql.Select(table, Side) + ShopSql.OrderBy(table);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return ShopSql.Read(table, reader);
        }
    }

    /// <summary>The first column of every row.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(await reader.GetFieldValueAsync<T>(0, cancellationToken));
        }

        return rows;
    }

    /// <summary>Switches by which this migration came here, from the audit that DbMove keeps on the side that had the authority.</summary>
    public async Task<int> CountSwitchesAsync(CancellationToken cancellationToken) =>
        (int)(await QueryAsync<long>($"SELECT COUNT(*) FROM dbmove_audit WHERE migration = '{ShopMigration.Name}' AND action = 'switch' AND from_stage <> to_stage", cancellationToken))[0];

    protected static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

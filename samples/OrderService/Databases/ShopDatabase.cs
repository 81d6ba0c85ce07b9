using System.Data.Common;
using DbMove;

namespace OrderService.Databases;

/// <summary>One of the two databases: what the migration needs of it, and the making of its tables.</summary>
internal abstract class ShopDatabase(Side side) : IAsyncDisposable
{
    protected Side Side { get; } = side;

    /// <summary>Whether its tables are made at start when the configuration does not say.</summary>
    public abstract bool CreatesTables { get; }

    /// <summary>Makes it a side of the migration.</summary>
    public abstract void AddTo(MigrationBuilder builder);

    /// <summary>Makes the tables that are missing.</summary>
    public abstract Task CreateTablesAsync(CancellationToken cancellationToken);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Reads an address of the configuration.</summary>
    /// <exception cref="MigrationConfigurationException">It is none. The message does not repeat it: there may be a password in it.</exception>
    public static ShopDatabase Parse(Side side, string address)
    {
        int colon = address.IndexOf(':', StringComparison.Ordinal);
        string text = address[(colon + 1)..];
        return (colon < 0 ? "" : address[..colon], text.Length) switch
        {
            ("sqlite", > 0) => new SqliteShopDatabase(side, text),
            ("postgres", > 0) => new PostgreSqlShopDatabase(side, text),
            _ => throw new MigrationConfigurationException(
                $"The configuration's {DatabaseOptions.Section}:{side} is no address of a database. Write sqlite:<file> or postgres:<connection string>."),
        };
    }

    /// <summary>Opens a connection; the caller disposes it.</summary>
    protected abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken);

    protected async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

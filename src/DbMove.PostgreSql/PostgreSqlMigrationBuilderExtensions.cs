using DbMove.PostgreSql;
using Npgsql;

namespace DbMove;

/// <summary>Makes a PostgreSQL database the source or the target of a migration.</summary>
/// <remarks>
/// PostgreSQL 13 or newer, encoding UTF8, a primary that accepts writes. The role needs SELECT, INSERT, UPDATE and DELETE
/// on the migrated tables, USAGE and UPDATE on their sequences, TEMPORARY on the database, and CREATE in the schema that
/// comes first in its search path, where the control tables are made.
/// </remarks>
public static class PostgreSqlMigrationBuilderExtensions
{
    /// <summary>Moves tables away from a PostgreSQL database.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="connectionString">
    /// An Npgsql connection string. DbMove keeps a pool of its own. Unless the string says otherwise, it prepares
    /// statements by itself (<c>Max Auto Prepare=200</c>), skips the reset of returned connections (DbMove changes nothing
    /// that outlives a transaction) and names itself <c>DbMove</c>.
    /// </param>
    /// <exception cref="ArgumentException">The connection string is malformed or empty.</exception>
    public static MigrationBuilder FromPostgreSql(this MigrationBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Func<Side, PostgreSqlDatabase> create = Own(builder, Side.Source, connectionString);
        return builder.From(create);
    }

    /// <summary>Moves tables away from a PostgreSQL database, through a data source of the application.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="dataSource">
    /// The data source. It stays the application's: DbMove does not dispose it. Its pool must not be the other side's, or
    /// a burst of writes could exhaust it while each holds one connection and waits for a second.
    /// </param>
    public static MigrationBuilder FromPostgreSql(this MigrationBuilder builder, NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        return builder.From(side => new PostgreSqlDatabase(side, dataSource, ownsDataSource: false));
    }

    /// <summary>Moves tables to a PostgreSQL database.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="connectionString">An Npgsql connection string; see <see cref="FromPostgreSql(MigrationBuilder, string)"/>.</param>
    /// <exception cref="ArgumentException">The connection string is malformed or empty.</exception>
    public static MigrationBuilder ToPostgreSql(this MigrationBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Func<Side, PostgreSqlDatabase> create = Own(builder, Side.Target, connectionString);
        return builder.To(create);
    }

    /// <summary>Moves tables to a PostgreSQL database, through a data source of the application.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="dataSource">The data source; see <see cref="FromPostgreSql(MigrationBuilder, NpgsqlDataSource)"/>.</param>
    public static MigrationBuilder ToPostgreSql(this MigrationBuilder builder, NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        return builder.To(side => new PostgreSqlDatabase(side, dataSource, ownsDataSource: false));
    }

    private static Func<Side, PostgreSqlDatabase> Own(MigrationBuilder builder, Side which, string connectionString)
    {
        string subject = $"The connection string of the {which.ToWireName()} of migration '{builder.Name}'";
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            string message = $"{subject} is {(connectionString is null ? "null" : "empty")}. Give an Npgsql connection string, such as Host=…;Database=…;Username=…, and look where the configuration should have it.";
            throw connectionString is null ? new ArgumentNullException(nameof(connectionString), message) : new ArgumentException(message, nameof(connectionString));
        }

        string completed;
        try
        {
            completed = ConnectionDefaults.Apply(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // What Npgsql says may repeat a part of the string, perhaps of its password.
            throw new ArgumentException($"{subject} is malformed. Write key=value pairs with a semicolon between them, keys as Npgsql knows them, and values that hold a semicolon in quotes.", nameof(connectionString), exception);
        }

        return side => new PostgreSqlDatabase(side, ConnectionDefaults.CreateDataSource(completed), ownsDataSource: true);
    }
}

using System.Data.Common;
using DbMove;
using Npgsql;

namespace OrderService.Databases;

/// <summary>A PostgreSQL database. The migration has a pool of its own; this one is for making the tables.</summary>
internal sealed class PostgreSqlShopDatabase(Side side, string connectionString) : ShopDatabase(side)
{
    private readonly NpgsqlDataSource _dataSource = CreateDataSource(side, connectionString);

    public override bool CreatesTables => false;

    public override void AddTo(MigrationBuilder builder) =>
        _ = Side == Side.Source ? builder.FromPostgreSql(connectionString) : builder.ToPostgreSql(connectionString);

    public override Task CreateTablesAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(ShopTables.Script(Side, ColumnTypes.PostgreSql), cancellationToken);

    protected override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _dataSource.OpenConnectionAsync(cancellationToken);

    public override ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    private static NpgsqlDataSource CreateDataSource(Side side, string connectionString)
    {
        try
        {
            // The slim builder keeps out of the executable what this service does not use.
            NpgsqlSlimDataSourceBuilder builder = new(connectionString);
            builder.EnableTransportSecurity();
            return builder.Build();
        }
        catch (ArgumentException exception)
        {
            throw new MigrationConfigurationException($"The configuration's {DatabaseOptions.Section}:{side} has no connection string of Npgsql after 'postgres:'.", exception);
        }
    }
}

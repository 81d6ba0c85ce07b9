using System.Data.Common;
using Npgsql;

namespace DbMove.Migrations.Tests.Databases;

/// <summary>A database of the private PostgreSQL server.</summary>
internal sealed class PlainPostgreSql(string connectionString) : PlainDatabase
{
    public override string Address => connectionString;

    public override MigrationBuilder AsSource(MigrationBuilder builder) => builder.FromPostgreSql(connectionString);

    public override MigrationBuilder AsTarget(MigrationBuilder builder) => builder.ToPostgreSql(connectionString);

    public override async Task<List<string>> TablesAsync() =>
        [.. (await RowsAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")).Select(row => row[0])];

    /// <summary>Ends every session of DbMove in this database, as a failing server or network would.</summary>
    public async Task<long> EndSessionsAsync() => await NumberAsync(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'DbMove' AND pid <> pg_backend_pid()");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override async Task<DbConnection> OpenAsync()
    {
        // Named otherwise than DbMove's sessions, and with a pool of its own.
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "plain" }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}

using DbMove.Dialects;
using DbMove.Tests.Servers;
using Npgsql;

namespace DbMove.PostgreSql.Tests;

public sealed class ServerCheckTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_server_passes_and_one_without_fsync_does_not_when_durability_is_required()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server);
        await using SideSession session = await test.OpenAsync();
        Assert.Empty(await test.Database.CheckServerAsync(session, TestDatabase.Control, requireDurability: false, Token));
        string problem = Assert.Single(await test.Database.CheckServerAsync(session, TestDatabase.Control, requireDurability: true, Token));
        Assert.Contains("fsync", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_privileges_and_a_read_only_default_are_told_with_the_remedy()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, """
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'poor') THEN CREATE ROLE poor LOGIN; END IF;
                EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
                EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database());
            END $$;
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            """);
        NpgsqlConnectionStringBuilder poor = new(test.ConnectionString) { Username = "poor" };
        await using PostgreSqlDatabase database = new(Side.Source, ConnectionDefaults.CreateDataSource(poor.ConnectionString), ownsDataSource: true);
        await using SideSession session = await database.OpenAsync(SessionUse.Read, Token);

        IReadOnlyList<string> existing = await database.CheckServerAsync(session, TestDatabase.Control, requireDurability: false, Token);
        Assert.Equal(3, existing.Count);
        Assert.Contains(existing, problem => problem.Contains("default_transaction_read_only", StringComparison.Ordinal));
        Assert.Contains(existing, problem => problem.Contains("GRANT TEMPORARY", StringComparison.Ordinal));
        Assert.Contains(existing, problem => problem.Contains("dbmove_migration", StringComparison.Ordinal));

        IReadOnlyList<string> absent = await database.CheckServerAsync(session, new ControlNames("m", "none_"), requireDurability: false, Token);
        Assert.Contains(absent, problem => problem.Contains("CREATE ON SCHEMA public", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_encoding_other_than_utf8_is_refused()
    {
        string connectionString = await server.CreateDatabaseAsync("ENCODING 'SQL_ASCII' TEMPLATE template0");
        await using PostgreSqlDatabase database = new(Side.Source, ConnectionDefaults.CreateDataSource(connectionString), ownsDataSource: true);
        await using SideSession session = await database.OpenAsync(SessionUse.Read, Token);
        Assert.Contains("UTF8", Assert.Single(await database.CheckServerAsync(session, TestDatabase.Control, requireDurability: false, Token)), StringComparison.Ordinal);
    }
}

using System.Data;
using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace DbMove.AdoNet.Tests;

/// <summary>Opening, closing, preparing, batches, the container.</summary>
public sealed class LifetimeTests(PostgreSqlServer server)
{
    [Fact]
    public async Task A_close_waits_for_an_open_transaction_and_lets_nothing_new_in()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await using DbConnection other = source.OpenConnection();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();

        Task closing = source.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => other.ExecuteAsync("DELETE FROM account"));
        Assert.Throws<ObjectDisposedException>(() => source.OpenConnection());
        connection.Execute(Texts.Insert, new { owner = "Ada", email = "a", balance = 1L });
        Assert.False(closing.IsCompleted);
        await transaction.CommitAsync();

        await closing.WaitAsync(TimeSpan.FromSeconds(30));
        await bank.AssertFollowedAsync(migration);
        Assert.Single(await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task A_close_waits_for_an_open_reader_and_gives_up_in_the_end()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource patient = migration.CreateDataSource();
        await using DbConnection connection = patient.OpenConnection();
        DbDataReader reader = await connection.ExecuteReaderAsync("SELECT 1");
        Task closing = patient.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        await reader.DisposeAsync();
        await closing.WaitAsync(TimeSpan.FromSeconds(30));

        DualWriteDataSource hasty = migration.CreateDataSource(new() { CloseTimeout = TimeSpan.Zero });
        await using DbConnection second = hasty.OpenConnection();
        await using DbDataReader left = await second.ExecuteReaderAsync("SELECT 1");
        await hasty.DisposeAsync();
        Assert.True(await left.ReadAsync());
    }

    [Fact]
    public async Task What_is_missing_or_wrong_has_an_exception_of_its_own()
    {
        Assert.Throws<ArgumentNullException>(() => new DualWriteDataSource(null!));
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        Assert.Contains("CloseTimeout", Assert.Throws<MigrationConfigurationException>(() => migration.CreateDataSource(new() { CloseTimeout = TimeSpan.FromHours(1) })).Message, StringComparison.Ordinal);
        Assert.Contains("UnsafeStatements", Assert.Throws<MigrationConfigurationException>(() => migration.CreateDataSource(new() { UnsafeStatements = (UnsafeStatements)7 })).Message, StringComparison.Ordinal);

        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.CreateConnection();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        Assert.Throws<InvalidOperationException>(() => command.ExecuteScalar());
        connection.Open();
        Assert.Throws<InvalidOperationException>(connection.Open);
        Assert.Equal(HealthStatus.Healthy, (await source.CheckHealthAsync()).Status);
        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            Assert.Throws<InvalidOperationException>(() => connection.BeginTransaction());
            await using DbDataReader open = await command.ExecuteReaderAsync();
            await Assert.ThrowsAsync<InvalidOperationException>(() => connection.ExecuteAsync("DELETE FROM account"));
        }

        await migration.StopAsync();
        Assert.Throws<MigrationNotRunningException>(() => source.OpenConnection());
        await migration.DisposeAsync();
    }

    [Fact]
    public async Task A_closed_connection_has_rolled_back()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        DbConnection connection = source.OpenConnection();
        DbTransaction transaction = await connection.BeginTransactionAsync();
        connection.Execute(Texts.Insert, new { owner = "Ada", email = "a", balance = 1L });
        connection.Close();

        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.Null(transaction.Connection);
        Assert.Empty(await bank.AccountsAsync(Side.Source));
        connection.Open();
        Assert.Equal(1, connection.Execute(Texts.Insert, new { owner = "Ada", email = "a", balance = 1L }));
    }

    [Fact]
    public async Task Prepare_prepares_on_both_sides()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "UPDATE account SET owner = @owner WHERE id = @id";
        AddParameter(command, "owner", DbType.String, "Ada");
        AddParameter(command, "id", DbType.Int64, 1L);

        await command.PrepareAsync();
        Assert.Contains("UPDATE account SET owner = $1 WHERE id = $2 RETURNING account.\"id\"", await PreparedAsync(migration, Side.Source));
        List<string> follower = await PreparedAsync(migration, Side.Target);
        Assert.Contains(follower, text => text.StartsWith("INSERT INTO", StringComparison.Ordinal) && text.Contains("ON CONFLICT", StringComparison.Ordinal));
        Assert.Contains(follower, text => text.StartsWith("DELETE FROM", StringComparison.Ordinal));

        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'x', 1)");
        Assert.Equal(1, command.ExecuteNonQuery());
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|Ada|null|1"], await bank.AccountsAsync(Side.Target));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Prepare_in_a_transaction_prepares_on_its_connection_and_on_the_follower(bool isBatch)
    {
        const string Text = "UPDATE account SET owner = @owner WHERE id = @id";
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await using DbBatch batch = connection.CreateBatch();
        await using DbCommand command = connection.CreateCommand();
        DbBatchCommand part = batch.CreateBatchCommand();
        (command.CommandText, part.CommandText) = (Text, Text);
        foreach (DbParameterCollection parameters in (DbParameterCollection[])[command.Parameters, part.Parameters])
        {
            parameters.Add(new DualWriteParameter { ParameterName = "owner", DbType = DbType.String, Value = "Ada" });
            parameters.Add(new DualWriteParameter { ParameterName = "id", DbType = DbType.Int64, Value = 1L });
        }

        batch.BatchCommands.Add(part);
        await (isBatch ? batch.PrepareAsync() : command.PrepareAsync());
        Assert.Contains(
            "UPDATE account SET owner = $1 WHERE id = $2 RETURNING account.\"id\"", await connection.QueryAsync<string>("SELECT statement FROM pg_prepared_statements"));
        Assert.Contains(
            await PreparedAsync(migration, Side.Target), text => text.StartsWith("INSERT INTO", StringComparison.Ordinal) && text.Contains("ON CONFLICT", StringComparison.Ordinal));

        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'x', 1)");
        Assert.Equal(1, await (isBatch ? batch.ExecuteNonQueryAsync() : command.ExecuteNonQueryAsync()));
        await transaction.CommitAsync();
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|Ada|null|1"], await bank.AccountsAsync(Side.Target));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_batch_is_all_or_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        Assert.True(connection.CanCreateBatch);

        await using (DbBatch batch = connection.CreateBatch())
        {
            foreach ((long id, string owner) in new[] { (1L, "a"), (2L, "b") })
            {
                DbBatchCommand command = batch.CreateBatchCommand();
                command.CommandText = "INSERT INTO account (id, owner, balance) VALUES (@id, @owner, 0)";
                ((DualWriteParameterCollection)command.Parameters).AddWithValue("@id", id);
                ((DualWriteParameterCollection)command.Parameters).AddWithValue("owner", owner);
                batch.BatchCommands.Add(command);
            }

            Assert.Equal(2, await batch.ExecuteNonQueryAsync());
            await bank.AssertFollowedAsync(migration);
            await Assert.ThrowsAnyAsync<DbException>(async () =>
            {
                batch.BatchCommands[0].Parameters["id"].Value = 3L;
                await batch.ExecuteNonQueryAsync();
            });
        }

        Assert.Equal(2, (await bank.AccountsAsync(Side.Source)).Count);
        await using DbBatch queries = source.CreateBatch();
        foreach (string text in (string[])["SELECT COUNT(*) FROM account", "SELECT owner FROM account WHERE id = 2"])
        {
            DbBatchCommand command = queries.CreateBatchCommand();
            command.CommandText = text;
            queries.BatchCommands.Add(command);
        }

        await using DbDataReader reader = await queries.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal(2, reader.GetInt32(0));
        Assert.True(await reader.NextResultAsync());
        Assert.True(await reader.ReadAsync());
        Assert.Equal("b", reader.GetString(0));
    }

    [Fact]
    public async Task Repositories_and_statements_share_a_transaction()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();

        Account stored = await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }, ((DualWriteDbTransaction)transaction).DualWrite);
        Assert.Equal(1, connection.Execute("UPDATE account SET balance = 5 WHERE id = @Id", stored));
        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Bob", Balance = 2 }, ((DualWriteDbTransaction)transaction).DualWrite);
        await transaction.CommitAsync();

        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|Ada|null|5", "2|Bob|null|2"], await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task The_container_has_a_data_source_for_every_migration()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        await using ServiceProvider services = new ServiceCollection().AddDbMove("bank", move => move
            .FromSqlite(bank.Source.ConnectionString).ToSqlite(bank.Target.ConnectionString).AddEntity<Account>().AddEntity<Entry>()
            .Configure(options =>
            {
                options.RequireDurableServers = false;
                options.AdoNet.OtherTables = OtherTables.AuthorityOnly;
            })).BuildServiceProvider();
        await services.GetRequiredService<Migration>().StartAsync();
        await bank.Source.ExecuteAsync("CREATE TABLE elsewhere (id INTEGER)");

        DualWriteDataSource source = services.GetRequiredKeyedService<DualWriteDataSource>("bank");
        Assert.Same(source, services.GetRequiredService<DualWriteDataSource>());
        await using DbConnection connection = source.OpenConnection();
        Assert.Equal(1, connection.Execute("INSERT INTO elsewhere VALUES (1)"));
        Assert.Equal(("bank", "Migration=bank"), (connection.Database, connection.ConnectionString));
    }

    private static void AddParameter(DbCommand command, string name, DbType type, object value)
    {
        DbParameter parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value);
        command.Parameters.Add(parameter);
    }

    /// <summary>What is prepared on any connection of the side's pool: held all at once, so that none is asked twice.</summary>
    private static async Task<List<string>> PreparedAsync(Migration migration, Side side)
    {
        List<Dialects.SideSession> sessions = [];
        List<string> prepared = [];
        for (int index = 0; index < 8; index++)
        {
            sessions.Add(await migration.Context.Database(side).OpenAsync(Dialects.SessionUse.Write, default));
        }

        foreach (Dialects.SideSession session in sessions)
        {
            prepared.AddRange(await session.QueryAsync("SELECT statement FROM pg_prepared_statements", default, row => row.GetString(0), default));
            await session.DisposeAsync();
        }

        return prepared;
    }
}

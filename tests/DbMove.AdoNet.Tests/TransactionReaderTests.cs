using System.Data;
using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Dialects;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;
using Npgsql;

namespace DbMove.AdoNet.Tests;

/// <summary>Readers of a transaction: what is left open, and what fails where only the server sees it.</summary>
public sealed class TransactionReaderTests(PostgreSqlServer server)
{
    private const string Rows = "INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2)";

    /// <summary>The second row pushes the first out of the server's buffer; the third comes in an hour.</summary>
    private const string Endless = "SELECT repeat('x', 100000), CASE WHEN i > 2 THEN pg_sleep(3600) END FROM generate_series(1, 3) AS i";

    /// <summary>The naive way: the refused commit counts as the end, and the transaction is held for ever.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_commit_beside_an_open_reader_is_refused_and_the_disposal_rolls_back(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await connection.ExecuteAsync(Rows);

        DbTransaction transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("UPDATE account SET balance = 9");
        DbDataReader reader = await connection.ExecuteReaderAsync("SELECT id FROM account");
        Assert.Contains("reader", (await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync())).Message, StringComparison.Ordinal);
        Assert.Same(connection, transaction.Connection);
        await transaction.DisposeAsync();

        Assert.Equal((true, null), (reader.IsClosed, transaction.Connection));
        Assert.Equal(0, source.Work.Count);
        Assert.Equal(2, await connection.ExecuteAsync("UPDATE account SET balance = balance + 10"));
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|a|null|11", "2|b|null|12"], await bank.AccountsAsync(Side.Source));
        await migration.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_the_reader_is_closed_the_refused_commit_can_be_made(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await connection.ExecuteAsync(Rows);

        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("UPDATE account SET balance = 9");
        await using (DbDataReader reader = await connection.ExecuteReaderAsync("SELECT id FROM account"))
        {
            Assert.Throws<InvalidOperationException>(transaction.Commit);
        }

        await transaction.CommitAsync();
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|a|null|9", "2|b|null|9"], await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task A_rollback_does_not_read_an_open_reader_to_its_end()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource(new() { ReadOnlyFunctions = { "pg_sleep" } });
        await using DbConnection connection = source.OpenConnection();
        DbTransaction transaction = await connection.BeginTransactionAsync();
        DbDataReader reader = await connection.ExecuteReaderAsync(Endless, commandTimeout: 0);
        Assert.True(await reader.ReadAsync().WaitAsync(TimeSpan.FromSeconds(30)));

        await transaction.RollbackAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(reader.IsClosed);
        Assert.Equal(0, source.Work.Count);
    }

    /// <summary>The naive way: an error had ended it, its commit is refused, and it counts as in flight for ever.</summary>
    [Fact]
    public async Task A_transaction_that_an_error_ended_is_in_flight_no_more_after_its_commit()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await Assert.ThrowsAnyAsync<DbException>(() => connection.QueryAsync("SELECT nonsense FROM account"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());

        Assert.Equal((0, 0), (source.Work.Count, migration.Pool.Lifetime.Count));
    }

    /// <summary>The naive way: a value that is cancelled on its way fails the server's transaction, and nobody watches it.</summary>
    [Fact]
    public async Task Rows_of_a_transaction_are_read_whole()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1, 2";
        await using DbDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess);

        Assert.True(await reader.ReadAsync());
        Assert.Equal((2, 1), (reader.GetInt32(1), reader.GetInt32(0)));
    }

    /// <summary>The naive way: Npgsql keeps a time-out while closing to itself, and the server answers COMMIT with ROLLBACK.</summary>
    [Fact]
    public async Task A_reader_whose_rest_times_out_while_it_is_closed_ends_the_transaction()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        await using DualWriteDataSource source = migration.CreateDataSource(new() { ReadOnlyFunctions = { "pg_sleep" } });
        await using DbConnection connection = source.OpenConnection();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(Rows);
        DbDataReader reader = await connection.ExecuteReaderAsync(Endless, commandTimeout: 1);
        Assert.True(await reader.ReadAsync().WaitAsync(TimeSpan.FromSeconds(30)));

        await Assert.ThrowsAnyAsync<DbException>(() => reader.CloseAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
        Assert.Empty(await bank.AccountsAsync(Side.Source));
    }

    /// <summary>Npgsql reports success for the commit of a failed transaction; a session does not.</summary>
    [Fact]
    public async Task The_commit_of_a_transaction_that_failed_unseen_fails()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using NpgsqlConnection driver = new(bank.Source.ConnectionString);
        await driver.OpenAsync();
        await using (NpgsqlTransaction naive = await driver.BeginTransactionAsync())
        {
            await driver.ExecuteAsync("INSERT INTO account (owner, balance) VALUES ('lost', 1)");
            await Assert.ThrowsAsync<PostgresException>(() => driver.ExecuteAsync("SELECT 1 / 0"));
            await naive.CommitAsync();
        }

        Assert.Empty(await bank.AccountsAsync(Side.Source));
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        SideDatabase database = migration.Context.Database(Side.Source);
        await using SideSession session = await database.OpenAsync(SessionUse.Write, default);
        foreach (bool fails in new[] { true, false })
        {
            await session.BeginAsync(new TransactionStart(), default);
            await RunAsync(session, "INSERT INTO account (owner, balance) VALUES ('x', 1)");
            if (fails)
            {
                await Assert.ThrowsAsync<PostgresException>(() => RunAsync(session, "SELECT 1 / 0"));
                PostgresException failure = await Assert.ThrowsAsync<PostgresException>(() => session.CommitAsync(default).AsTask());
                Assert.Equal(PostgresErrorCodes.InFailedSqlTransaction, failure.SqlState);
                Assert.NotEqual(FailureKind.UnknownOutcome, database.ClassifyCommit(failure));
                await session.RollbackAsync();
                Assert.Empty(await bank.AccountsAsync(Side.Source));
            }
            else
            {
                await session.CommitAsync(default);
                Assert.Single(await bank.AccountsAsync(Side.Source));
            }
        }
    }

    private static async Task RunAsync(SideSession session, string text)
    {
        await using DbCommand command = await session.CreateCommandAsync(default);
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }
}

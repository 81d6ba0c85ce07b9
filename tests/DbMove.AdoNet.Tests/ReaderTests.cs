using System.Data;
using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>Readers that are left open.</summary>
public sealed class ReaderTests(PostgreSqlServer server)
{
    /// <summary>The second row pushes the first out of the server's buffer; the third comes in an hour.</summary>
    private const string Endless = "SELECT repeat('x', 100000), CASE WHEN i > 2 THEN pg_sleep(3600) END FROM generate_series(1, 3) AS i";

    [Fact]
    public async Task A_closed_connection_has_cancelled_what_its_readers_still_receive_and_given_their_sessions_back()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        bank.LimitConnections(3);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();

        for (int time = 0; time < 5; time++)
        {
            await using DbConnection connection = source.OpenConnection();
            DbDataReader reader = await connection.ExecuteReaderAsync(Endless, commandTimeout: 0);
            Assert.True(await reader.ReadAsync().WaitAsync(TimeSpan.FromSeconds(30)));
            await connection.CloseAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.True(reader.IsClosed);
            await reader.DisposeAsync();
        }

        Assert.Equal(["0"], await bank.Source.RowsAsync("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%3600%' AND pid <> pg_backend_pid()"));
        Assert.Equal(0, source.Work.Count);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_closed_connection_has_closed_its_readers(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await connection.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2)");

        List<DbDataReader> readers = [await connection.ExecuteReaderAsync("SELECT id FROM account"), await connection.ExecuteReaderAsync("UPDATE account SET balance = 5 RETURNING id")];
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("DELETE FROM account WHERE id = 1");
        readers.Add(await connection.ExecuteReaderAsync("SELECT id FROM account"));
        Assert.All(readers, reader => Assert.True(reader.Read()));
        connection.Close();

        Assert.All(readers, reader => Assert.True(reader.IsClosed));
        Assert.Equal(0, source.Work.Count);
        Assert.Equal(["1|a|null|5", "2|b|null|5"], await bank.AccountsAsync(Side.Source));
        await bank.AssertFollowedAsync(migration);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_reader_that_closes_its_connection_closes_it_once_whichever_is_closed_first(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await using DualWriteDataSource source = (await bank.StartAsync(Stage.SourceFirst)).CreateDataSource();
        foreach (bool isReaderFirst in new[] { true, false })
        {
            await using DbConnection connection = source.CreateConnection();
            int closed = 0;
            connection.StateChange += (_, change) => closed += change.CurrentState == ConnectionState.Closed ? 1 : 0;
            await connection.OpenAsync();
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = "SELECT id FROM account";
            DbDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.CloseConnection);
            await (isReaderFirst ? reader.CloseAsync() : connection.CloseAsync());

            Assert.Equal((ConnectionState.Closed, true, 1), (connection.State, reader.IsClosed, closed));
            await reader.DisposeAsync();
            Assert.Equal(1, closed);
        }
    }

    /// <summary>Outside a transaction each reader has a session of its own, so what some drivers refuse works with every authority.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Beside_an_open_reader_other_commands_run_and_in_a_transaction_they_are_refused(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await connection.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2)");

        await using (DbDataReader reader = await connection.ExecuteReaderAsync("SELECT id FROM account ORDER BY id"))
        {
            while (await reader.ReadAsync())
            {
                Assert.Equal(1, await connection.ExecuteAsync("UPDATE account SET balance = 7 WHERE id = @id", new { id = reader.GetInt64(0) }));
            }
        }

        await bank.AssertFollowedAsync(migration);
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await using (DbDataReader reader = await connection.ExecuteReaderAsync("SELECT id FROM account"))
        {
            string message = (await Assert.ThrowsAsync<InvalidOperationException>(() => connection.ExecuteAsync("DELETE FROM account"))).Message;
            Assert.Contains("reader", message, StringComparison.Ordinal);
            Assert.True(await reader.ReadAsync());
        }

        Assert.Equal(2, await connection.ExecuteAsync("UPDATE account SET balance = 9"));
        await transaction.CommitAsync();
        await bank.AssertFollowedAsync(migration);
    }
}

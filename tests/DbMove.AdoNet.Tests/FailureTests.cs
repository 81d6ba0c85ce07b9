using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;
using Npgsql;

namespace DbMove.AdoNet.Tests;

/// <summary>Errors, crashes and lost answers: a data source keeps the pool's promises.</summary>
public sealed class FailureTests(PostgreSqlServer server)
{
    private const int Retrying = 1110;

    public static TheoryData<Engine, string> Points => new(
        from engine in new[] { Engine.Sqlite, Engine.PostgreSql }
        from point in new[] { "write.executed", "write.authority_written", "write.follower_applied", "write.authority_committed", "write.follower_committed" }
        select (engine, point));

    [Theory, MemberData(nameof(Points))]
    public async Task P08_A_crash_at_any_point_leaves_what_the_fixer_makes_equal(Engine engine, string point)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration dying = await bank.StartAsync(Stage.SourceFirst);
        await using (DbConnection connection = dying.CreateDataSource().OpenConnection())
        {
            connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2)");
            await dying.Clearer.FlushAsync(default);
            Crash.At(dying, point);
            await Assert.ThrowsAsync<Crash>(() => connection.ExecuteAsync("UPDATE account SET balance = 9; DELETE FROM account WHERE id = 2; INSERT INTO account (id, owner, balance) VALUES (3, 'c', 3)"));
        }

        bool committed = point is "write.authority_committed" or "write.follower_committed";
        Assert.Equal(committed ? ["1|a|null|9", "3|c|null|3"] : ["1|a|null|1", "2|b|null|2"], await bank.AccountsAsync(Side.Source));
        Assert.Equal(committed ? 3 : 0, await bank.OpenIntentsAsync(Side.Source));
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_follower_that_is_away_costs_no_write(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.FollowerTimeout = TimeSpan.FromMilliseconds(100));
        await using DbConnection connection = migration.CreateDataSource().OpenConnection();
        await using (await bank.HoldAsync(Side.Target))
        {
            Assert.Equal(1, connection.Execute(Texts.Insert, new { owner = "Ada", email = "a", balance = 1L }));
            Assert.Equal(1, await bank.OpenIntentsAsync(Side.Source));
        }

        // Started anew: a repair in which a busy machine has more than a tenth of a second is none of this test's concern.
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
        Assert.Single(await bank.AccountsAsync(Side.Target));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task In_strict_mode_a_follower_that_is_away_fails_the_write_before_anything_is_committed(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(
            Stage.SourceFirst, options => (options.FollowerTimeout, options.FollowerFailure) = (TimeSpan.FromMilliseconds(100), FollowerFailure.FailWrite));
        await using DbConnection connection = migration.CreateDataSource().OpenConnection();
        await using (await bank.HoldAsync(Side.Target))
        {
            await Assert.ThrowsAsync<FollowerWriteException>(() => connection.ExecuteAsync(Texts.Insert, new { owner = "Ada", email = "a", balance = 1L }));
        }

        Assert.Empty(await bank.AccountsAsync(Side.Source));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_authoritys_own_error_comes_as_its_driver_throws_it_and_ends_the_transaction(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DbConnection connection = migration.CreateDataSource().OpenConnection();
        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1)");

        DbException alone = await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'b', 1)"));
        Assert.Equal(bank.Source.IsPostgreSql ? PostgresErrorCodes.UniqueViolation : null, (alone as PostgresException)?.SqlState);
        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            connection.Execute("INSERT INTO account (id, owner, balance) VALUES (2, 'b', 1)");
            await Assert.ThrowsAnyAsync<DbException>(() => connection.QueryAsync("SELECT nonsense FROM account"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => connection.ExecuteAsync("DELETE FROM account"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
        }

        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|a|null|1"], await bank.AccountsAsync(Side.Source));
    }

    /// <summary>The naive way: a retry written for the driver's errors takes the lost answer for one, and writes twice.</summary>
    [Fact]
    public async Task P19_A_commit_whose_answer_is_lost_is_no_DbException()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Source);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DbConnection connection = migration.CreateDataSource().OpenConnection();

        // Armed right before the commit: other transactions of this process, such as a heartbeat, go the same way.
        migration.Context.Probes.Handler = (point, _) =>
        {
            if (point == "write.follower_applied")
            {
                relay.LoseNextCommitAnswer();
            }

            return default;
        };

        CommitOutcomeUnknownException exception = await Assert.ThrowsAsync<CommitOutcomeUnknownException>(
            () => connection.ExecuteAsync(Texts.Insert, new { owner = "Ada", email = "a", balance = 1L }));
        Assert.False((Exception)exception is DbException);
        // Started anew: a repair in which a busy machine has more than a tenth of a second is none of this test's concern.
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
        Assert.Single(await bank.AccountsAsync(Side.Target));
    }

    /// <summary>The autocommit command is made the victim: it waits last, and the server ends whoever finds the deadlock; its second try succeeds.</summary>
    [Fact]
    public async Task A_deadlock_is_tried_again_outside_a_transaction()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, log: log);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 0), (2, 'b', 0)");
        await using DbConnection outsider = await bank.Source.OpenAsync();
        await outsider.ExecuteAsync("BEGIN; SET LOCAL deadlock_timeout = '1min'; UPDATE account SET email = 'x' WHERE id = 2");

        Task<int> command = connection.ExecuteAsync("UPDATE account SET balance = balance + 1 WHERE id = 1; UPDATE account SET balance = balance + 1 WHERE id = 2");
        await bank.Source.WaitUntilBlockedAsync(1);
        await outsider.ExecuteAsync("UPDATE account SET email = 'y' WHERE id = 1; COMMIT");

        Assert.Equal((2, 1), (await command, log.Count(Retrying)));
        await Bank.SettleAsync(migration);
        await migration.Clearer.FlushAsync(default);
        Assert.Equal(["1|a|y|1", "2|b|x|1"], await bank.AccountsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_cancelled_command_leaves_nothing_and_the_connection_goes_on(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DbConnection connection = migration.CreateDataSource().OpenConnection();
        using CancellationTokenSource cancellation = new();
        migration.Context.Probes.Handler = (point, token) => point == "write.executed" ? new ValueTask(CancelAsync(cancellation, token)) : default;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.ExecuteAsync(new CommandDefinition(
            Texts.Insert, new { owner = "Ada", email = "a", balance = 1L }, cancellationToken: cancellation.Token)));
        migration.Context.Probes.Handler = null;
        Assert.Empty(await bank.AccountsAsync(Side.Source));
        connection.Execute(Texts.Insert, new { owner = "Bob", email = "b", balance = 1L });
        await bank.AssertFollowedAsync(migration);
    }

    private static async Task CancelAsync(CancellationTokenSource cancellation, CancellationToken token)
    {
        await cancellation.CancelAsync();
        token.ThrowIfCancellationRequested();
    }
}

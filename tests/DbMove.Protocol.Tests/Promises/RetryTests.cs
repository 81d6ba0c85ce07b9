using System.Data;
using DbMove.Dialects;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>What is tried again, and what never is.</summary>
public sealed class RetryTests(PostgreSqlServer server)
{
    private const int Retrying = 1110;

    [Fact]
    public async Task A_write_that_picks_up_a_dead_pooled_connection_is_tried_again()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, log: log);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "warms the pool", Balance = 0 });
        await bank.Source.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });

        Assert.InRange(log.Count(Retrying), 1, 3);
        Assert.Equal(["warms the pool", "Ada"], await bank.Source.RowsAsync("SELECT owner FROM account ORDER BY id"));
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: the loop that tries so many times runs no round at all, and the write returns as if it were done.</summary>
    [Fact]
    public async Task P13_With_no_retries_there_is_exactly_one_try_and_its_failure_is_thrown()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Retry.MaximumRetries = 0, log);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "written once", Balance = 0 });
        await bank.Source.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        WriteFailedException failure = await Assert.ThrowsAsync<WriteFailedException>(() => accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }));

        Assert.Equal(FailureKind.Availability, failure.Kind);
        Assert.Equal(0, log.Count(Retrying));
        Assert.Equal(["written once"], await bank.Source.RowsAsync("SELECT owner FROM account"));
        await bank.AssertEqualAsync();
    }

    /// <summary>Unlike a row's write it has a round trip ahead of it, in which it learns of the stage.</summary>
    [Theory, InlineData(0), InlineData(3)]
    public async Task A_statement_that_picks_up_a_dead_pooled_connection_is_tried_again_as_often_as_the_options_say(int retries)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Retry.MaximumRetries = retries, log);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 0 });
        await bank.Source.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        if (retries == 0)
        {
            WriteFailedException failure = await Assert.ThrowsAsync<WriteFailedException>(() => accounts.AddAsync("Ada", 1));
            Assert.Equal((FailureKind.Availability, 0), (failure.Kind, log.Count(Retrying)));
        }
        else
        {
            Assert.Equal(1, await accounts.AddAsync("Ada", 1));
            Assert.InRange(log.Count(Retrying), 1, 3);
        }

        Assert.Equal([retries == 0 ? "0" : "1"], await bank.Source.RowsAsync("SELECT balance FROM account"));
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    [Theory, InlineData(0), InlineData(2)]
    public async Task A_single_write_that_the_server_ends_for_a_deadlock_is_tried_again_as_often_as_the_options_say(int retries)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Retry.MaximumRetries = retries);
        AccountRepository accounts = new(migration);

        // A sequence takes no part in transactions: it counts the tries that were rolled back too.
        await bank.Source.ExecuteAsync(
            """
            CREATE SEQUENCE tries;
            CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('tries') <= 2 THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER lose BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION lose();
            """);
        Task<Account> write = accounts.UpsertAsync(new Account { Id = 7, Owner = "Ada", Balance = 1 });
        if (retries == 0)
        {
            WriteFailedException failure = await Assert.ThrowsAsync<WriteFailedException>(() => write);
            Assert.Equal(FailureKind.Transient, failure.Kind);
        }
        else
        {
            await write;
        }

        Assert.Equal([retries == 0 ? "1" : "3"], await bank.Source.RowsAsync("SELECT last_value FROM tries"));
        Assert.Equal(retries == 0 ? 0 : 1, await bank.Source.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    [Fact]
    public async Task Inside_a_callers_transaction_nothing_is_tried_again()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, log: log);
        AccountRepository accounts = new(migration);
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await accounts.InsertAsync(new Account { Owner = "first", Balance = 1 }, transaction);
        await bank.Source.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await Assert.ThrowsAsync<WriteFailedException>(() => accounts.InsertAsync(new Account { Owner = "second", Balance = 1 }, transaction));

        Assert.Equal((0, 0L), (log.Count(Retrying), await bank.Source.CountAsync("account")));
    }

    [Theory, InlineData(IsolationLevel.RepeatableRead), InlineData(IsolationLevel.Serializable)]
    public async Task ExecuteInTransactionAsync_runs_the_whole_delegate_again_after_a_serialization_failure(IsolationLevel isolation)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 0 });
        int runs = 0;

        long balance = await migration.ExecuteInTransactionAsync(
            async (transaction, token) =>
            {
                Account account = (await accounts.FindAsync(1, transaction, token))!;
                if (++runs == 1)
                {
                    await bank.Source.ExecuteAsync("UPDATE account SET balance = balance + 100");
                }

                return (await accounts.UpdateAsync(account with { Balance = account.Balance + 1 }, transaction, token))!.Balance;
            },
            isolation);

        Assert.Equal((2, 101), (runs, balance));
        Assert.Equal(["1|Ada|null|101"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    [Fact]
    public async Task ExecuteInTransactionAsync_throws_the_last_failure_as_it_is()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Retry.MaximumRetries = 1);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 0 });
        List<Exception> seen = [];

        WriteFailedException failure = await Assert.ThrowsAsync<WriteFailedException>(() => migration.ExecuteInTransactionAsync(
            async (transaction, token) =>
            {
                Account account = (await accounts.FindAsync(1, transaction, token))!;
                await bank.Source.ExecuteAsync("UPDATE account SET balance = balance + 100");
                try
                {
                    await accounts.UpdateAsync(account with { Balance = 1 }, transaction, token);
                }
                catch (WriteFailedException exception)
                {
                    seen.Add(exception);
                    throw;
                }
            },
            IsolationLevel.RepeatableRead));

        Assert.Equal(2, seen.Count);
        Assert.Same(seen[1], failure);
    }

    [Fact]
    public async Task ExecuteInTransactionAsync_never_runs_again_when_the_outcome_of_the_commit_is_unknown()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Source);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        relay.LoseNextCommitAnswer();
        int runs = 0;

        await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => migration.ExecuteInTransactionAsync(async (transaction, token) =>
        {
            runs++;
            await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction, token);
        }));

        Assert.Equal((1, 1), (runs, await bank.Source.CountAsync("account")));
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    /// <summary>The naive way: the failure is one that passes, so the delegate is run again, and its write is there twice.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task ExecuteInTransactionAsync_never_runs_again_what_the_delegate_has_committed_itself(bool losesTheAnswer)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Source);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        if (losesTheAnswer)
        {
            relay.LoseNextCommitAnswer();
        }

        int runs = 0;
        WriteFailedException later = new(Side.Source, "account", FailureKind.Transient, new TimeoutException("a later call"));

        Exception thrown = await Assert.ThrowsAnyAsync<DbMoveException>(() => migration.ExecuteInTransactionAsync(async (transaction, token) =>
        {
            runs++;
            await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction, token);
            try
            {
                await transaction.CommitAsync(token);
            }
            catch (CommitOutcomeUnknownException)
            {
            }

            throw later;
        }));

        Assert.Same(later, thrown);
        Assert.Equal(losesTheAnswer ? 1 : 0, relay.CommitsLost);
        Assert.Equal((1, 1), (runs, await bank.Source.CountAsync("account")));
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task ExecuteInTransactionAsync_commits_what_returns_and_nothing_of_what_does_not(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        int runs = 0;
        await migration.ExecuteInTransactionAsync((transaction, token) => accounts.InsertAsync(new Account { Owner = "kept", Email = "a@x", Balance = 1 }, transaction, token));
        await Assert.ThrowsAsync<FormatException>(() => migration.ExecuteInTransactionAsync(async (transaction, token) =>
        {
            runs++;
            await accounts.InsertAsync(new Account { Owner = "thrown away", Balance = 1 }, transaction, token);
            throw new FormatException();
        }));
        await migration.ExecuteInTransactionAsync(async (transaction, token) =>
        {
            await accounts.InsertAsync(new Account { Owner = "rolled back", Balance = 1 }, transaction, token);
            await transaction.RollbackAsync();
        });

        // A failure that the delegate swallows is not a success.
        await Assert.ThrowsAsync<InvalidOperationException>(() => migration.ExecuteInTransactionAsync(async (transaction, token) =>
        {
            await accounts.InsertAsync(new Account { Owner = "lost", Balance = 1 }, transaction, token);
            await Assert.ThrowsAsync<WriteFailedException>(() => accounts.InsertAsync(new Account { Owner = "clash", Email = "a@x", Balance = 1 }, transaction, token));
        }));

        Assert.Equal(1, runs);
        Assert.Equal(["kept"], await bank.Source.RowsAsync("SELECT owner FROM account"));
        await bank.AssertEqualAsync();
    }

    [Fact]
    public async Task ExecuteInTransactionAsync_runs_again_when_the_stage_has_moved_under_it()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        int runs = 0;
        await migration.ExecuteInTransactionAsync(async (transaction, token) =>
        {
            await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction, token);
            if (++runs == 1)
            {
                throw new StageMovedException(Stage.Initial, Stage.SourceFirst);
            }
        });

        Assert.Equal((2, 1), (runs, await bank.Target.CountAsync("account")));
    }
}

using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>A write that is cancelled, wherever it is just then, has happened as a whole or not at all, and leaves its connections clean.</summary>
public sealed class CancellationTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Cancelled_in_each_of_its_round_trips_a_write_leaves_nothing_half_done()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);

        // A connection that is not given back would soon be missed.
        const string Small = ";Maximum Pool Size=2";
        await using PostgreSqlRelay source = bank.RelayOn(Side.Source, Small);
        await using PostgreSqlRelay target = bank.RelayOn(Side.Target, Small);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await CancelAtEachAsync(bank, migration, reached =>
        {
            source.RoundTrip = reached;
            target.RoundTrip = reached;
        });
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Cancelled_at_each_of_its_points_a_write_leaves_nothing_half_done(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await CancelAtEachAsync(bank, migration, reached => migration.Context.Probes.Handler = (_, token) =>
        {
            reached?.Invoke();
            token.ThrowIfCancellationRequested();
            return default;
        });
    }

    [Fact]
    public async Task A_stop_whose_caller_leaves_has_stopped_and_a_start_begins_anew()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceOnly);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "before", Balance = 1 });
        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);

        // Unlike what a Hold holds, it does not end when it is told to stop.
        TaskCompletionSource copying = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "backfill.committed")
            {
                copying.TrySetResult();
                await released.Task;
            }
        };
        await migration.Backfill.StartAsync();
        await copying.Task.WaitAsync(TimeSpan.FromSeconds(30));
        using CancellationTokenSource impatient = new();
        Task stopping = migration.StopAsync(impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping);
        Assert.False(migration.IsStarted);
        await Assert.ThrowsAsync<MigrationNotRunningException>(() => accounts.InsertAsync(new Account { Owner = "stopped", Balance = 1 }));
        released.SetResult();
        await migration.StartAsync();
        await accounts.InsertAsync(new Account { Owner = "anew", Balance = 1 });
        await bank.AssertEqualAsync();
    }

    /// <summary>Writes again and again, each time cancelled one step later, until a write gets through all of its steps.</summary>
    private static async Task CancelAtEachAsync(Bank bank, Migration migration, Action<Action?> listen)
    {
        (AccountRepository accounts, EntryRepository entries) = (new(migration), new(migration));
        List<string> written = [];
        int cancelled = 0;
        int last = 0;
        for (int step = 1; last == 0; step++)
        {
            using CancellationTokenSource caller = new();
            int passed = 0;
            bool isCancelled = false;
            listen(() =>
            {
                if (Interlocked.Increment(ref passed) == step)
                {
                    Volatile.Write(ref isCancelled, true);
                    caller.Cancel();
                }
            });
            try
            {
                await WriteAsync(migration, accounts, entries, step, caller.Token).WaitAsync(TimeSpan.FromSeconds(60));
                written.Add($"step {step}");
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }

            listen(null);
            last = Volatile.Read(ref isCancelled) ? 0 : step;
            await AssertNothingIsOpenAsync(bank.Source);
            await AssertNothingIsOpenAsync(bank.Target);

            // What was written is known at once on the side that decides; the same connections serve the next write.
            Assert.Equal(written, await bank.Source.RowsAsync("SELECT owner FROM account ORDER BY id"));
        }

        Assert.InRange(cancelled, 4, last - 1);
        await Bank.SettleAsync(migration);
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
        Assert.Equal(written.Count, await bank.Target.CountAsync("entry"));
        await bank.AssertEqualAsync();
    }

    private static async Task WriteAsync(Migration migration, AccountRepository accounts, EntryRepository entries, int step, CancellationToken cancellationToken)
    {
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync(cancellationToken: cancellationToken);
        await accounts.UpsertAsync(new Account { Id = step, Owner = $"step {step}", Balance = 1 }, transaction, cancellationToken);
        await transaction.SaveAsync("here", cancellationToken);
        await entries.InsertAsync(new Entry { AccountId = step, Line = 1 }, transaction, cancellationToken);
        await transaction.RollbackAsync("here", cancellationToken);
        await entries.InsertAsync(new Entry { AccountId = step, Line = 2 }, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task AssertNothingIsOpenAsync(Database database)
    {
        if (!database.IsPostgreSql)
        {
            // With a transaction open there this would be refused.
            await database.ExecuteAsync("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; ROLLBACK");
            return;
        }

        // A connection that was cancelled ends by itself, at its own pace.
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (await database.CountAsync("pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'") > 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

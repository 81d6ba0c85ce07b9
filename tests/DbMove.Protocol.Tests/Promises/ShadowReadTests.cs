using DbMove.Protocol.Tests.Setup;
using DbMove.Reads;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Shadow reads: they disturb nobody, never count a write under way as a mismatch, and close the gate while mismatches are real.</summary>
public sealed class ShadowReadTests(PostgreSqlServer server)
{
    /// <summary>Only tells an end from none; no test passes because something was fast.</summary>
    private static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task In_both_dual_stages_reads_are_repeated_on_the_other_side_and_equal_rows_match(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        foreach (Stage stage in (Stage[])[Stage.SourceFirst, Stage.TargetFirst])
        {
            if (migration.Stage != stage)
            {
                await migration.SwitchAsync(stage, Bank.Forced);
                Assert.Equal(0, Figures(migration).Sampled);
            }

            await accounts.FindManyAsync([stored.Id, 77]);
            await migration.Reads.Shadow.DrainAsync(default);

            Assert.Equal(new ShadowFigures(2, 2, 0, 0, 0, 0, 2, 0), Figures(migration));
        }

        // Only one side is written: there is nothing to compare with.
        await migration.SwitchAsync(Stage.TargetOnly, Bank.Forced);
        await accounts.FindAsync(stored.Id);
        Assert.Equal(0, Figures(migration).Sampled);
        Assert.Equal(0, await bank.Target.CountAsync("dbmove_event"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Mismatches_of_every_kind_are_confirmed_and_repaired_and_then_the_gate_opens_again(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        Account[] stored = [.. await accounts.InsertManyAsync([.. Enumerable.Range(1, 4).Select(id => new Account { Owner = "o", Balance = id })])];
        await Bank.SettleAsync(migration);
        long[] keys = [.. stored.Select(row => row.Id)];
        Assert.Equal((true, "off"), await GateAsync(migration, shadow: 0));
        Assert.False((await GateAsync(migration)).IsMet);
        await accounts.FindManyAsync(keys);
        await migration.Reads.Shadow.DrainAsync(default);
        Assert.Equal((true, "0 mismatches in 4 of 4 reads, at most 0 %"), await GateAsync(migration));

        await bank.Target.ExecuteAsync(
            $"UPDATE account SET amount = 99 WHERE id = {keys[0]}; DELETE FROM account WHERE id = {keys[1]}; INSERT INTO account (id, owner, amount) VALUES (1000, 'extra', 1)");
        Assert.Equal([1, 2L, 3, 4, null], (await accounts.FindManyAsync([.. keys, 1000])).Select(row => row?.Balance));
        await migration.Reads.Shadow.DrainAsync(default);

        Assert.Equal((9, 6, 3, 0), (Figures(migration).Sampled, Figures(migration).Matched, Figures(migration).Mismatched, Figures(migration).Undecided));
        Assert.Equal((false, "3 mismatches in 4 of 4 reads, at most 0 %"), await GateAsync(migration));
        Assert.Equal(["base_missing", "neq", "target_missing"], (await bank.Target.RowsAsync("SELECT kind FROM dbmove_event ORDER BY kind")));
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        await bank.AssertEqualAsync();
        await accounts.FindManyAsync([.. keys, 1000]);
        await migration.Reads.Shadow.DrainAsync(default);
        Assert.Equal((true, "0 mismatches in 4 of 4 reads, at most 0 %"), await GateAsync(migration));
    }

    /// <summary>The naive way: the gate is asked where the leader runs, and goes by the reads of that one instance.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_any_live_instance_has_found_counts_in_the_gate_of_every_other(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration finder = await StartAsync(bank);
        Migration leader = await bank.StartAsync(options => options.Reads.MinimumShadowReads = 4);
        AccountRepository accounts = new(finder);
        long[] keys = [.. (await accounts.InsertManyAsync([.. Enumerable.Range(1, 4).Select(id => new Account { Owner = "o", Balance = id })])).Select(row => row.Id)];
        await Bank.SettleAsync(finder);
        await accounts.FindManyAsync(keys);
        await finder.Reads.Shadow.DrainAsync(default);
        Assert.Equal((false, "0 mismatches in 0 of 4 reads, at most 0 %"), await GateAsync(leader));

        await finder.Member.BeatAsync(default);
        Assert.Equal((true, "0 mismatches in 4 of 4 reads, at most 0 %"), await GateAsync(leader));

        await bank.Target.ExecuteAsync($"UPDATE account SET amount = 99 WHERE id = {keys[0]}");
        await accounts.FindManyAsync(keys);
        await finder.Reads.Shadow.DrainAsync(default);
        await finder.Member.BeatAsync(default);
        Assert.Equal((false, "1 mismatches in 4 of 4 reads, at most 0 %"), await GateAsync(leader));

        // Whether the leader has reads of its own repeated or not.
        Assert.Equal((false, "1 mismatches in 4 of 4 reads, at most 0 %"), await GateAsync(leader, shadow: 0));

        // Of another epoch, of an instance that is gone, or turned off, it says nothing any more.
        foreach (string change in (string[])["epoch = epoch - 1", "epoch = epoch + 1, expires_at = 0"])
        {
            await bank.Source.ExecuteAsync($"UPDATE dbmove_instance SET {change} WHERE instance = '{finder.Member.Id}'");
            Assert.Equal((true, "off"), await GateAsync(leader, shadow: 0));
        }

        await finder.Member.BeatAsync(default);
        Assert.False((await GateAsync(leader, shadow: 0)).IsMet);
        finder.Reads.ShadowPercentage = 0;
        await finder.Member.BeatAsync(default);
        Assert.Equal((true, "off"), await GateAsync(leader, shadow: 0));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Promise_5_A_write_under_way_is_no_mismatch_of_a_shadow_read(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await bank.WriteWithoutTargetAsync(writer => writer.UpdateAsync(stored with { Balance = 2 }));

        // The follower has not got it, and an intent says so.
        Assert.Equal(2, (await accounts.FindAsync(stored.Id))?.Balance);
        await migration.Reads.Shadow.DrainAsync(default);
        Assert.Equal(new ShadowFigures(1, 0, 0, 1, 0, 0, 0, 0), Figures(migration));

        // It arrives between the caller's read and the repeated one; and another write follows before that.
        await accounts.FindAsync(stored.Id);
        await Bank.SettleAsync(migration);
        await accounts.UpdateAsync(stored with { Balance = 3 });
        await migration.Reads.Shadow.DrainAsync(default);
        Assert.Equal(new ShadowFigures(2, 1, 0, 1, 0, 0, 1, 0), Figures(migration));
        Assert.Equal(0, await bank.Target.CountAsync("dbmove_event"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nobody_waits_for_a_shadow_read_and_what_finds_no_place_is_dropped(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await StartAsync(bank, options => (options.RunBackgroundWork, options.Reads.ShadowQueue, options.Reads.ShadowWorkers) = (true, 2, 1));
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        Hold hold = Hold.At(migration, ReadPoint.ShadowRepeat);
        await accounts.FindAsync(stored.Id);
        await hold.Reached;
        for (int read = 0; read < 5; read++)
        {
            // One is held, two wait, three find no place; all are answered.
            Assert.Equal(1, (await accounts.FindAsync(stored.Id))?.Balance);
        }

        Assert.Equal((6, 3), (Figures(migration).Sampled, Figures(migration).Dropped));
        hold.Release();
        await UntilAsync(() => Figures(migration).Matched == 3);
        Assert.All(["loop_shadow", "loop_reads"], name => Assert.Contains(migration.CheckHealthAsync().Result.Entries, entry => entry.Name == name && entry.Status == HealthStatus.Healthy));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_stop_ends_a_shadow_read_that_hangs(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await StartAsync(bank, options => options.RunBackgroundWork = true);
        AccountRepository accounts = new(migration);
        Hold hold = Hold.At(migration, ReadPoint.ShadowRepeat);
        await accounts.FindAsync(1);
        await hold.Reached;

        await migration.StopAsync().WaitAsync(Bound);

        Assert.Equal(new ShadowFigures(1, 0, 0, 0, 0, 0, 0, 0), Figures(migration));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task With_the_other_side_failing_reads_go_on_and_the_failures_count(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync("ALTER TABLE account RENAME TO gone");

        Assert.Equal(1, (await accounts.FindAsync(stored.Id))?.Balance);
        await migration.Reads.Shadow.DrainAsync(default);

        Assert.Equal(new ShadowFigures(1, 0, 0, 0, 0, 1, 0, 0), Figures(migration));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_outage_of_the_other_side_is_one_warning_and_one_line_at_its_end(Engine engine)
    {
        const int Failed = 1803, GoesOn = 1804;
        await using Bank bank = await Bank.CreateAsync(engine, server);
        LogRecorder log = new();
        Migration migration = await StartAsync(bank, log: log);
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await Bank.SettleAsync(migration);
        await bank.Target.ExecuteAsync("ALTER TABLE account RENAME TO gone");
        for (int read = 0; read < 3; read++)
        {
            await accounts.FindAsync(stored.Id);
            await migration.Reads.Shadow.DrainAsync(default);
        }

        Assert.Equal((3, 1, 0), (log.Count(Failed), log.Warnings(Failed), log.Count(GoesOn)));
        await bank.Target.ExecuteAsync("ALTER TABLE gone RENAME TO account");
        for (int read = 0; read < 2; read++)
        {
            await accounts.FindAsync(stored.Id);
            await migration.Reads.Shadow.DrainAsync(default);
        }

        Assert.Equal((3, 1), (log.Count(Failed), log.Count(GoesOn)));
    }

    /// <summary>The naive way: each read is repeated on a side that is known to be away, waits for its time-out, and is logged with its stack.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task While_the_follower_counts_as_away_no_read_is_repeated(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        LogRecorder log = new();
        Migration migration = await StartAsync(
            bank, options => (options.FollowerTimeout, options.Breaker.BreakDuration) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(10)), log);
        AccountRepository accounts = new(migration);
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await accounts.FindAsync(stored.Id);
        await using (await bank.HoldAsync(Side.Target))
        {
            await accounts.InsertAsync(new Account { Owner = "waits", Balance = 0 });
            Assert.True(migration.Context.IsFollowerAway);
            await accounts.FindAsync(stored.Id);
            await migration.Reads.Shadow.DrainAsync(default);
        }

        // The first was sampled before, and is dropped; the second is not even sampled.
        Assert.Equal((1, 1, 0), (Figures(migration).Sampled, Figures(migration).Dropped, Figures(migration).Failed));
        Assert.Equal(0, log.Count(1803));
    }

    private static Task<Migration> StartAsync(Bank bank, Action<MigrationOptions>? configure = null, LogRecorder? log = null) => bank.StartAsync(
        Stage.SourceFirst,
        options =>
        {
            options.Validation.SuspectDelay = TimeSpan.Zero;
            (options.Reads.ShadowPercentage, options.Reads.MinimumShadowReads) = (100, 4);
            configure?.Invoke(options);
        },
        log);

    private static ShadowFigures Figures(Migration migration) => migration.Reads.Status.Shadow;

    private static async Task<(bool IsMet, string Detail)> GateAsync(Migration migration, int shadow = 100)
    {
        migration.Reads.ShadowPercentage = shadow;
        GateCondition condition = (await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(each => each.Name == "shadow_mismatch_rate");
        migration.Reads.ShadowPercentage = 100;
        return (condition.IsMet, condition.Detail);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource bound = new(Bound);
        while (!isSo())
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

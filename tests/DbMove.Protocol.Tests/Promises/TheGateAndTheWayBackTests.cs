using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promises 6 and 7: promotion happens only through the gate, and until completed there is a way back.</summary>
public sealed class TheGateAndTheWayBackTests(PostgreSqlServer server)
{
    /// <summary>The naive way: any caller may go to any stage.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P25_P33_A_closed_gate_refuses_and_names_every_unmet_condition(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Gate.MinimumTimeInStage = TimeSpan.FromHours(1));

        GateClosedException exception = await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.TargetFirst));

        foreach (string name in (string[])["minimum_time_in_stage", "backfill_complete", "full_validation_clean"])
        {
            Assert.False(exception.Report.Conditions.Single(condition => condition.Name == name).IsMet, name);
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(Stage.SourceFirst, (await bank.StartAsync()).Stage);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_override_needs_a_reason_and_is_recorded(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await Assert.ThrowsAsync<ArgumentException>(() => migration.SwitchAsync(Stage.TargetFirst, new SwitchOptions { OverrideGate = true }));

        await migration.SwitchAsync(Stage.TargetFirst, new SwitchOptions { OverrideGate = true, Reason = "because", ChangedBy = "operator" });

        Assert.Equal(["src_first|dst_first|1|because|operator"], await bank.Source.RowsAsync("SELECT from_stage, to_stage, overridden, reason, changed_by FROM dbmove_audit WHERE to_stage = 'dst_first'"));
        Assert.Contains("full_validation_clean", (await bank.Source.RowsAsync("SELECT gate FROM dbmove_audit WHERE to_stage = 'dst_first'"))[0], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Unknown_and_skipped_stages_are_refused(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync();

        StageTransitionException skipped = await Assert.ThrowsAsync<StageTransitionException>(() => migration.SwitchAsync(Stage.SourceFirst, Bank.Forced));
        StageTransitionException unknown = await Assert.ThrowsAsync<StageTransitionException>(() => migration.SwitchAsync((Stage)17, Bank.Forced));

        Assert.Contains("src_only", skipped.Message, StringComparison.Ordinal);
        Assert.Contains("17", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(Stage.Initial, (await bank.StartAsync()).Stage);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_stage_but_the_last_has_a_way_back_that_loses_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        List<string> expected = [];
        foreach (Stage stage in (Stage[])[Stage.SourceOnly, Stage.SourceFirst, Stage.TargetFirst, Stage.SourceFirst, Stage.TargetFirst, Stage.TargetOnly, Stage.TargetFirst])
        {
            await migration.SwitchAsync(stage, Bank.Forced);
            Account stored = await accounts.InsertAsync(new Account { Owner = stage.ToWireName(), Balance = 1 });
            expected.Add($"{stored.Id}|{stored.Owner}|null|1");
            if (stage == Stage.SourceOnly)
            {
                // Not written on the target: the backfill's business, done by hand here.
                await bank.Target.ExecuteAsync($"INSERT INTO account (id, owner, amount) VALUES ({stored.Id}, '{stored.Owner}', 1)");
            }

            Assert.Equal(expected, await bank.AccountsAsync(stage.Authority()));
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Promise_7_From_TargetOnly_the_way_back_leads_through_the_gate_and_brings_every_write(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'kept', 1), (2, 'changed', 1), (3, 'deleted', 1)");
        await bank.Source.ExecuteAsync("INSERT INTO entry (account_id, line, note) VALUES (2, 1, 'gone')");
        if (bank.Source.IsPostgreSql)
        {
            await bank.Source.ExecuteAsync("SELECT setval(pg_get_serial_sequence('account', 'id'), 3)");
        }

        Migration migration = await bank.StartAsync(options =>
        {
            options.Gate.MinimumTimeInStage = TimeSpan.Zero;
            options.Events.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.Validation.SuspectDelay = TimeSpan.Zero;
        });
        (AccountRepository accounts, EntryRepository entries) = (new(migration), new(migration));
        await migration.SwitchAsync(Stage.SourceOnly);

        // Two poll intervals go by.
        await bank.Source.ExecuteAsync("UPDATE dbmove_migration SET changed_at = changed_at - 3600000");
        await migration.SwitchAsync(Stage.SourceFirst);
        await migration.Backfill.StartAsync();
        Assert.Equal(BackfillState.Completed, (await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);
        Assert.Equal(ValidationState.Clean, await ValidateAsync(migration));
        await migration.SwitchAsync(Stage.TargetFirst);
        await migration.SwitchAsync(Stage.TargetOnly);

        await accounts.UpdateAsync(new Account { Id = 2, Owner = "changed", Balance = 2 });
        await accounts.DeleteAsync(3);
        await entries.DeleteAsync(new EntryKey(2, 1));
        Account added = await accounts.InsertAsync(new Account { Owner = "added", Balance = 4 });
        await entries.InsertAsync(new Entry { AccountId = added.Id, Line = 1, Note = "new" });
        List<string> decided = await bank.AccountsAsync(Side.Target);
        Assert.Equal(["1|kept|null|1", "2|changed|null|1", "3|deleted|null|1"], await bank.AccountsAsync(Side.Source));

        await migration.SwitchAsync(Stage.TargetFirst);
        await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.SourceFirst));
        Assert.Equal(ValidationState.Differences, await ValidateAsync(migration));
        for (int turn = 0; turn < 100 && await migration.Events.CountOpenAsync() > 0; turn++)
        {
            // A child whose parent is still missing comes again.
            await migration.EventFixer.RunOnceAsync(TimeSpan.FromSeconds(1), default);
        }

        Assert.Equal(0, await migration.Events.CountOpenAsync());
        await migration.Validation.VerifyPendingAsync();
        Assert.Equal(ValidationState.Clean, await ValidateAsync(migration));
        await migration.SwitchAsync(Stage.SourceFirst);

        Assert.Equal(decided, await bank.AccountsAsync(Side.Source));
        Assert.Equal([$"{added.Id}|1|new"], await bank.EntriesAsync(Side.Source));
        await bank.AssertEqualAsync();
        Assert.True((await accounts.InsertAsync(new Account { Owner = "after", Balance = 5 })).Id > added.Id);
        await Bank.SettleAsync(migration);
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_dry_run_and_a_stale_epoch_change_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);

        SwitchResult dry = await migration.SwitchAsync(Stage.TargetFirst, new SwitchOptions { DryRun = true });
        await Assert.ThrowsAsync<EpochMovedException>(() => migration.SwitchAsync(Stage.TargetFirst, Bank.Forced with { ExpectedEpoch = migration.Epoch - 1 }));

        Assert.False(dry.Changed);
        Assert.False(dry.Gate.IsOpen);
        Assert.Equal(Stage.SourceFirst, (await bank.StartAsync()).Stage);
    }

    private static async Task<ValidationState> ValidateAsync(Migration migration)
    {
        await migration.Validation.StartFullAsync();
        return (await migration.Validation.WaitFullAsync().WaitAsync(TimeSpan.FromMinutes(1))).State;
    }
}

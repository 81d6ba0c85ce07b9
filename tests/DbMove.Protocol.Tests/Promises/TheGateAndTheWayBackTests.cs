using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promises 6 and 7: promotion happens only through the gate, and until completed there is a way back.</summary>
public sealed class TheGateAndTheWayBackTests(PostgreSqlServer server)
{
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
    public async Task A_dry_run_and_a_stale_epoch_change_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);

        SwitchResult dry = await migration.SwitchAsync(Stage.TargetFirst, new SwitchOptions { DryRun = true });
        await Assert.ThrowsAsync<StageTransitionException>(() => migration.SwitchAsync(Stage.TargetFirst, Bank.Forced with { ExpectedEpoch = migration.Epoch - 1 }));

        Assert.False(dry.Changed);
        Assert.False(dry.Gate.IsOpen);
        Assert.Equal(Stage.SourceFirst, (await bank.StartAsync()).Stage);
    }
}

using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.BadInput;

public sealed class StageOrderTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task P33_An_unknown_or_skipped_stage_is_refused_and_nothing_is_changed(Engine engine)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(engine, server);
        await using Migration migration = databases.Build();
        await migration.StartAsync(Token);

        foreach (Stage stage in (Stage[])[(Stage)42, Stage.SourceFirst, Stage.TargetFirst, Stage.TargetOnly, Stage.Completed])
        {
            StageTransitionException refused = await Assert.ThrowsAsync<StageTransitionException>(() => migration.SwitchAsync(stage, cancellationToken: Token));
            Assert.Equal((Stage.Initial, stage), (refused.From, refused.To));
            Assert.Contains("src_only", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(Stage.Initial, migration.Stage);
        Assert.Equal(["item"], await databases.Source.TablesAsync());
        Assert.Equal(["item"], await databases.Target.TablesAsync());
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task P25_A_promotion_with_an_unmet_gate_names_each_condition_and_changes_nothing(Engine engine)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(engine, server);
        await using Migration migration = databases.Build(options => options.Gate.MinimumTimeInStage = TimeSpan.Zero);
        await migration.StartDualAsync();
        long epoch = migration.Epoch;

        GateClosedException closed = await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.TargetFirst, cancellationToken: Token));

        string[] unmet = [.. closed.Report.Conditions.Where(condition => !condition.IsMet).Select(condition => condition.Name)];
        Assert.Contains("backfill_complete", unmet);
        Assert.Contains("full_validation_clean", unmet);
        Assert.All(unmet, name => Assert.Contains(name, closed.Message, StringComparison.Ordinal));
        Assert.Contains("no_parked_intents", closed.Report.Conditions.Where(condition => condition.IsMet).Select(condition => condition.Name));
        Assert.Equal((Stage.SourceFirst, epoch), (migration.Stage, migration.Epoch));
        Assert.Equal(0, await databases.Target.NumberAsync("SELECT count(*) FROM item"));
    }
}

using DbMove.Runtime.Tests.Setup;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Scheduling;

/// <summary>Between the look and the switch a process may be frozen: what came up meanwhile is seen by the switch itself.</summary>
public sealed class LateAutoPromotionTests
{
    private const string Pass = "UPDATE dbmove_validation SET state = 'inconclusive'";

    private const string Dead = "INSERT INTO dbmove_event (migration, event_id, entity, kind, base, key_list, created_at, attempts, visible_at, dead_at, reason) "
        + "VALUES ('shop', 'e', 'customer', 'different', 'source', '[]', 0, 9, 0, 1, 'hopeless')";

    private const string Parked = "INSERT INTO dbmove_intent (migration, entity, key, operation, epoch, created_at, parked_at, reason) VALUES ('shop', 'customer', '[\"1\"]', 'update', 4, 0, 1, 'x')";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    /// <summary>Another process's finding, once before the switch is asked for and once when it has passed its gate already.</summary>
    [Theory]
    [InlineData(Stage.SourceFirst, Dead, Side.Target)]
    [InlineData(Stage.SourceFirst, Parked, Side.Source)]
    [InlineData(Stage.TargetFirst, Pass, Side.Target)]
    [InlineData(Stage.TargetFirst, Dead, Side.Target)]
    [InlineData(Stage.TargetOnly, Pass, Side.Target)]
    [InlineData(Stage.TargetOnly, Dead, Side.Target)]
    [InlineData(Stage.TargetOnly, Parked, Side.Target)]
    [InlineData(Stage.Completed, Pass, Side.Target)]
    [InlineData(Stage.Completed, Dead, Side.Target)]
    [InlineData(Stage.Completed, Parked, Side.Target)]
    public async Task What_comes_up_after_the_look_is_in_the_way(Stage to, string obstruct, Side side)
    {
        foreach (string point in (string[])["promotion.due", "switch.gated"])
        {
            await using Shop shop = Shop.Create(customers: 3);
            Migration migration = await DueAsync(shop, to);
            await HoldAtAsync(migration, point, () => shop.Run(side, obstruct));

            Assert.Equal((to - 1, AutoPromotionState.Waiting), (migration.Stage, migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)!.State));
            Assert.Empty(Promotions(shop));
        }
    }

    [Theory]
    [InlineData(Stage.SourceFirst)]
    [InlineData(Stage.TargetFirst)]
    [InlineData(Stage.Completed)]
    public async Task A_process_that_was_frozen_after_the_look_looks_again(Stage to)
    {
        foreach (string point in (string[])["promotion.due", "switch.gated"])
        {
            await using Shop shop = Shop.Create(customers: 3);
            Migration migration = await DueAsync(shop, to);
            await HoldAtAsync(migration, point, () => _time.Advance(TimeSpan.FromSeconds(31)));

            Assert.Equal((to - 1, AutoPromotionState.Waiting), (migration.Stage, migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)!.State));
            Assert.Empty(Promotions(shop));
        }
    }

    [Theory]
    [InlineData(Stage.SourceFirst)]
    [InlineData(Stage.TargetFirst)]
    [InlineData(Stage.Completed)]
    public async Task With_nothing_in_the_way_it_promotes_and_the_audit_has_the_last_look(Stage to)
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await DueAsync(shop, to);

        await HoldAtAsync(migration, "switch.gated", () => _time.Advance(TimeSpan.FromSeconds(9)));

        Assert.Equal(to, migration.Stage);
        Assert.Contains("{\"name\":\"nothing_for_a_person\",\"met\":true", Assert.Single(Promotions(shop)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Promotions(Shop shop) =>
        ((Side[])[Side.Source, Side.Target]).SelectMany(side => shop.Rows(side, "SELECT gate FROM dbmove_audit WHERE changed_by LIKE 'auto-promotion%'"));

    private static async Task HoldAtAsync(Migration migration, string point, Action meanwhile)
    {
        Hold hold = Hold.At(migration, point);
        Task look = Task.Run(() => migration.AutoPromotion.LookAsync(default));
        await hold.Reached;
        meanwhile();
        hold.Release();
        await look;
    }

    /// <summary>A migration whose next look promotes.</summary>
    private async Task<Migration> DueAsync(Shop shop, Stage to)
    {
        TimeSpan openFor = TimeSpan.FromSeconds(10);
        Migration migration = await shop.StartAsync(
            Stage.SourceOnly, options => options.AutoPromotion.To(Stage.SourceFirst, openFor).To(Stage.TargetFirst, openFor).To(Stage.TargetOnly, openFor).ToCompletedWithoutWayBack(openFor), _time);
        while (migration.Stage + 1 < to)
        {
            await migration.SwitchAsync(migration.Stage + 1);
            if (migration.Stage == Stage.SourceFirst)
            {
                await Shop.BackfillAsync(migration);
                await Shop.ValidateAsync(migration);
            }
        }

        await migration.AutoPromotion.LookAsync(default);
        _time.Advance(openFor);
        return migration;
    }
}

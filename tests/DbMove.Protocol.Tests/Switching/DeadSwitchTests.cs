using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Switching;

/// <summary>
/// A switch that dies at any point of it leaves what the next process finishes or undoes: one authority, no epoch number
/// used twice, and writes that go on and converge. Every point of one step after the other, in the same migration.
/// </summary>
public sealed class DeadSwitchTests(PostgreSqlServer server)
{
    private static readonly string[] s_moving =
    [
        "switch.gated", "switch.authority_fenced", "switch.fenced", "switch.drained", "switch.written", "switch.prepared", "switch.committed", "switch.cleared",
    ];

    private static readonly string[] s_staying = ["switch.gated", "switch.fenced", "switch.written", "switch.committed"];

    public static TheoryData<Engine, Stage, Stage> Steps
    {
        get
        {
            TheoryData<Engine, Stage, Stage> steps = [];
            foreach (Engine engine in Enum.GetValues<Engine>())
            {
                for (Stage stage = Stage.SourceOnly; stage < Stage.TargetOnly; stage++)
                {
                    steps.Add(engine, stage, stage + 1);
                    steps.Add(engine, stage + 1, stage);
                }
            }

            return steps;
        }
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task A_switch_that_dies_at_any_point_is_finished_or_undone(Engine engine, Stage from, Stage to)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration next = await bank.StartAsync(Stage.SourceOnly);
        int writes = 0;
        foreach (string point in from.Authority() == to.Authority() ? s_staying : s_moving)
        {
            await WalkAsync(next, from);
            await LeaveAnIntentAsync(bank, from, writes += 2);
            long greatest = await bank.GreatestEpochAsync();
            Migration dying = await bank.StartAsync(options => options.Repair.IntentDelay = TimeSpan.FromMinutes(1));
            Crash.At(dying, point);
            await Assert.ThrowsAsync<Crash>(() => dying.SwitchAsync(to, Bank.Forced));

            // Before anybody tidies: what is committed names one authority.
            bool hasPassed = point is "switch.committed" or "switch.cleared";
            (Stage stage, long epoch) = await bank.DecideAsync();
            Assert.Equal((hasPassed ? to : from, greatest + (hasPassed ? 1 : 0)), (stage, epoch));
            if (point == "switch.prepared")
            {
                Assert.Equal(greatest + 1, await bank.GreatestEpochAsync());
            }

            next = await bank.StartAsync();
            Assert.Equal((stage, epoch), (next.Stage, next.Epoch));
            Assert.Equal((stage, epoch), await bank.DecideAsync());
            await InsertAsync(next, "after " + point);

            // The one that died was only asleep: it writes under the stage that it finds.
            await InsertAsync(dying, "awake after " + point);
            Assert.Equal(stage, dying.Stage);
            await AssertConvergedAsync(bank, next, from.IsDual() && to.IsDual());

            if (!hasPassed)
            {
                long burned = await bank.GreatestEpochAsync();
                Assert.Equal(burned + 1, (await next.SwitchAsync(to, Bank.Forced)).Epoch);
                Assert.Equal((to, burned + 1), await bank.DecideAsync());
                await InsertAsync(next, "after the second try");
                await AssertConvergedAsync(bank, next, from.IsDual() && to.IsDual());
            }
        }

        // The prepared rows of every try are gone.
        Assert.Equal(["0"], await bank.Source.RowsAsync("SELECT prepared FROM dbmove_migration"));
        Assert.Equal(["0"], await bank.Target.RowsAsync("SELECT prepared FROM dbmove_migration"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_first_step_and_the_last_that_die_at_any_point_can_be_taken_again(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        foreach ((Stage from, Stage to) in new[] { (Stage.Initial, Stage.SourceOnly), (Stage.TargetOnly, Stage.Completed) })
        {
            foreach (string point in (string[])["switch.gated", "switch.fenced", "switch.written", "switch.prepared", "switch.committed"])
            {
                Migration dying = await bank.StartAsync();
                await WalkAsync(dying, from);
                if (dying.Stage != from || (point == "switch.prepared" && from != Stage.Initial))
                {
                    continue;
                }

                Crash.At(dying, point);
                await Assert.ThrowsAsync<Crash>(() => dying.SwitchAsync(to, Bank.Forced));

                Assert.Equal(point == "switch.committed" ? to : from, (await bank.DecideAsync()).Stage);
                Migration next = await bank.StartAsync();
                Assert.Equal(point == "switch.committed" ? to : from, next.Stage);
                await InsertAsync(next, "after " + point);
                await InsertAsync(dying, "awake");
            }

            Migration last = await bank.StartAsync();
            await last.SwitchAsync(to, Bank.Forced);
            Assert.Equal(to, (await bank.DecideAsync()).Stage);
        }
    }

    /// <summary>The one that tidies may die too, and so may the next.</summary>
    [Theory, InlineData(Engine.Sqlite, "switch.prepared"), InlineData(Engine.PostgreSql, "switch.prepared"), InlineData(Engine.Sqlite, "switch.committed"), InlineData(Engine.PostgreSql, "switch.committed")]
    public async Task A_recovery_that_dies_is_begun_anew(Engine engine, string point)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        long before = migration.Epoch;
        Crash.At(migration, point);
        await Assert.ThrowsAsync<Crash>(() => migration.SwitchAsync(Stage.TargetFirst, Bank.Forced));
        Stage stage = point == "switch.prepared" ? Stage.SourceFirst : Stage.TargetFirst;
        for (int death = 0; death < 2; death++)
        {
            // It asks for the stage that it is in: a switch resolves what it finds before anything else.
            Crash.At(migration, "switch.resolving");
            await Assert.ThrowsAsync<Crash>(() => migration.SwitchAsync(stage, Bank.Forced));
            Assert.Equal(stage, (await bank.DecideAsync()).Stage);
        }

        Migration next = await bank.StartAsync();

        Assert.Equal(stage, next.Stage);
        Assert.Equal(["0"], await bank.Target.RowsAsync("SELECT prepared FROM dbmove_migration"));
        Assert.Equal(before + 1, await bank.GreatestEpochAsync());
        await InsertAsync(next, "Ada");
        await AssertConvergedAsync(bank, next, hasBeenDual: true);
    }

    private static async Task WalkAsync(Migration migration, Stage to)
    {
        while (migration.Stage != to && migration.Stage != Stage.Completed)
        {
            await migration.SwitchAsync(migration.Stage < to ? migration.Stage + 1 : migration.Stage - 1, Bank.Forced);
        }
    }

    /// <summary>A write that died between its two commits: the switch has something to drain, and what it drained must not be lost.</summary>
    private static async Task LeaveAnIntentAsync(Bank bank, Stage stage, int number)
    {
        if (!stage.IsDual())
        {
            return;
        }

        Migration writer = await bank.StartAsync();
        Crash.At(writer, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => InsertAsync(writer, $"left open {number}"));
        Assert.True(await bank.OpenIntentsAsync(stage.Authority()) > 0);
    }

    private static Task InsertAsync(Migration migration, string owner) => new AccountRepository(migration).InsertAsync(new Account { Owner = owner, Balance = 1 });

    private static async Task AssertConvergedAsync(Bank bank, Migration migration, bool hasBeenDual)
    {
        await migration.Context.Stage.RefreshAsync(bothSides: false, default);
        await Bank.SettleAsync(migration);
        if (!migration.Stage.IsDual())
        {
            return;
        }

        Assert.Equal(0, await bank.OpenIntentsAsync(migration.Stage.Authority()));
        if (hasBeenDual)
        {
            await bank.AssertEqualAsync();
            return;
        }

        // Rows of single-sided stages are the backfill's and the validation's business, and not the switch's.
        List<string> authority = await bank.AccountsAsync(migration.Stage.Authority()), follower = await bank.AccountsAsync(migration.Stage.Authority().Other());
        Assert.Empty(follower.Except(authority));
        Assert.Equal(authority.Where(IsDual), follower.Where(IsDual));

        static bool IsDual(string row) => row.Contains("left open", StringComparison.Ordinal);
    }
}

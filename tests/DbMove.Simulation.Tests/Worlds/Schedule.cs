using DbMove.Repair;
using DbMove.Simulation.Tests.Roles;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>One schedule, from its seed to its verdict.</summary>
internal static class Schedule
{
    /// <summary>Both sides hold the same rows at the beginning; writers, repairers, validators and operators go on at once.</summary>
    public static Verdict OfSwitches(int seed, bool keepsLog = false) => Run(seed, keepsLog, static world =>
    {
        Plan plan = world.Plan;
        world.Begin(Rows(world, plan.Keys, 0.6), onBothSides: true);
        world.RunRoles(
        [
            .. Writers(world),
            .. Enumerable.Range(1, plan.Repairers).Select(number => new Repairer($"repairer {number}", 6)),
            .. Enumerable.Range(1, plan.Validators).Select(number => new Validator(world, $"validator {number}", 4, mayBe: static _ => false)),
            .. Enumerable.Range(1, plan.Operators).Select(number => new Operator(world, $"operator {number}", plan.Switches)),
        ]);
        world.RunQuietly("healer", Healing.SettleAsync);
        Oracle.CheckSides(world);
    });

    /// <summary>The target is empty at the beginning; workers copy while writers write, and one of them may sleep through it all.</summary>
    public static Verdict OfBackfill(int seed, bool keepsLog = false) => Run(seed, keepsLog, static world =>
    {
        Plan plan = world.Plan;
        world.Begin(Rows(world, plan.Keys + 2, 0.8), onBothSides: false);
        world.RunRoles(
        [
            .. Writers(world),
            .. plan.IsForced ? [new Operator(world, "operator", 2)] : Array.Empty<Role>(),
            new Repairer("repairer", 4),
            new Copier("copier 1"),
            new Copier("copier 2"),
            .. Enumerable.Range(1, plan.Validators).Select(number =>
                new Validator(world, $"validator {number}", 3, mayBe: finding => plan.IsForced || finding.Verdict is KeyVerdict.MissingOnFollower or KeyVerdict.ExtraOnFollower)),
        ]);
        if (plan.IsForced)
        {
            // What the new authority lacks by then is lost, as its operator wanted it. Yet nobody may bring anything back.
            world.WakeSleepers();
            return;
        }

        world.RunQuietly("healer", Healing.SettleAsync);
        world.RunQuietly("copier", Copier.CopyAsync);
        Oracle.CheckCopied(world);
        world.RunQuietly("validator", Healing.ValidateAsync);
        Oracle.CheckSides(world);
        WriteBehindTheFollower(world);
        if (world.Simulator.Chance(0.5))
        {
            world.RunQuietly("operator", static process => Healing.MoveAsync(process, Stage.TargetFirst));
        }

        if (world.Simulator.Chance(0.5))
        {
            world.RunRoles(new Writer(world, "late writer", 3));
        }

        world.WakeSleepers();
        world.RunQuietly("last healer", Healing.SettleAsync);
        Oracle.CheckSides(world);
    });

    /// <summary>
    /// From before the first switch: the stages in which one side is written, in and out of dual writing, and the authority
    /// there and back, each through its gate.
    /// </summary>
    public static Verdict OfStages(int seed, bool keepsLog = false) => Run(seed, keepsLog, static world =>
    {
        world.Plan.BeginsOutside = true;
        bool isTwice = world.Simulator.Chance(0.4);
        world.Begin(Rows(world, world.Plan.Keys, 0.6), onBothSides: false);
        world.RunRoles(
        [
            .. Writers(world),
            new Repairer("repairer", 3),
            new Guide("guide", isTwice ? [Stage.SourceOnly, Stage.SourceFirst, Stage.SourceOnly, Stage.SourceFirst] : [Stage.SourceOnly, Stage.SourceFirst]),
        ]);
        world.RunQuietly("operator", static process => Healing.WriteBothAsync(process, Stage.SourceFirst));
        world.RunQuietly("copier", Copier.CopyAsync);
        MakeEqual(world);
        if (world.Simulator.Chance(0.6))
        {
            return;
        }

        world.RunQuietly("operator", static process => Healing.MoveAsync(process, Stage.TargetFirst));
        world.RunRoles([.. Writers(world, "second writer"), new Guide("guide", Stage.TargetOnly, Stage.TargetFirst)]);
        world.RunQuietly("operator", static process => Healing.WriteBothAsync(process, Stage.TargetFirst));
        MakeEqual(world);
        world.RunQuietly("operator", static process => Healing.MoveAsync(process, Stage.SourceFirst));
        Oracle.CheckSides(world);
    });

    private static Verdict Run(int seed, bool keepsLog, Action<World> run)
    {
        World world = new(seed, keepsLog);
        try
        {
            run(world);
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbMoveException or MemoryFailure)
        {
            world.Violate(exception.ToString());
        }

        world.End();
        return new Verdict(seed, world.Simulator.Trace, world.Simulator.Steps, world.Ledger.Acknowledged, world.Ledger.Unknown, world.Violations, world.Simulator.Log ?? []);
    }

    private static IEnumerable<Role> Writers(World world, string name = "writer") =>
        Enumerable.Range(1, world.Plan.Writers).Select(number => new Writer(world, $"{name} {number}", world.Plan.WritesEach));

    private static void MakeEqual(World world)
    {
        world.RunQuietly("healer", Healing.SettleAsync);
        world.RunQuietly("validator", Healing.ValidateAsync);
        Oracle.CheckSides(world);
        world.Rules.IsComplete = true;
    }

    /// <summary>The follower misses writes after a clean validation; they are repaired, and the gate must know.</summary>
    private static void WriteBehindTheFollower(World world)
    {
        world.Rules.IsComplete = true;
        if (world.Simulator.Chance(0.5))
        {
            return;
        }

        int repairs = world.Rules.Repairs;
        world.TakeAway(Side.Target);
        world.RunRoles(new Writer(world, "writer without a follower", 2));
        world.RunQuietly("healer", Healing.SettleAsync);
        Oracle.CheckSides(world);
        if (world.Rules.Repairs > repairs)
        {
            world.RunQuietly("hasty operator", Healing.MoveTooEarlyAsync);
        }
    }

    private static List<Item> Rows(World world, int keys, double share) =>
    [
        .. Enumerable.Range(1, keys).Where(_ => world.Simulator.Chance(share)).Select(key => new Item { Id = key, Value = world.NextValue() }),
    ];
}

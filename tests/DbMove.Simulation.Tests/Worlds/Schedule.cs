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
            .. Enumerable.Range(1, plan.Writers).Select(number => new Writer(world, $"writer {number}", plan.WritesEach)),
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
            .. Enumerable.Range(1, plan.Writers).Select(number => new Writer(world, $"writer {number}", plan.WritesEach)),
            new Repairer("repairer", 4),
            new Copier("copier 1"),
            new Copier("copier 2"),
            .. Enumerable.Range(1, plan.Validators).Select(number =>
                new Validator(world, $"validator {number}", 3, mayBe: static finding => finding.Verdict is KeyVerdict.MissingOnFollower or KeyVerdict.ExtraOnFollower)),
        ]);
        world.RunQuietly("healer", Healing.SettleAsync);
        world.RunQuietly("copier", Copier.CopyAsync);
        Oracle.CheckCopied(world);
        world.RunQuietly("validator", Healing.ValidateAsync);
        Oracle.CheckSides(world);
        if (world.Simulator.Chance(0.5))
        {
            world.RunQuietly("operator", Healing.PromoteAsync);
        }

        if (world.Simulator.Chance(0.5))
        {
            world.RunRoles(new Writer(world, "late writer", 3));
        }

        world.WakeSleepers();
        world.RunQuietly("last healer", Healing.SettleAsync);
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

    private static List<Item> Rows(World world, int keys, double share) =>
    [
        .. Enumerable.Range(1, keys).Where(_ => world.Simulator.Chance(share)).Select(key => new Item { Id = key, Value = world.NextValue() }),
    ];
}

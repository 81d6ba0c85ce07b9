using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Simulations;

/// <summary>Runs schedules on threads of their own: an actor goes on at once only where no synchronization context is.</summary>
internal static class Runs
{
    /// <summary>Runs many schedules and fails with the first seeds that found something.</summary>
    public static void Many(string name, int schedules, Func<int, bool, Verdict> run)
    {
        if (Number("DBMOVE_SIMULATION_SEED") is { } seed)
        {
            Report(name, One(run, seed));
            return;
        }

        int from = Number("DBMOVE_SIMULATION_FROM") ?? 1;
        schedules = Number("DBMOVE_SIMULATION_SCHEDULES") ?? schedules;
        ConcurrentBag<Verdict> failed = [];
        (long steps, long acknowledged, long unknown, int next, int done) = (0, 0, 0, from - 1, 0);
        long began = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(4, Environment.ProcessorCount)).Select(_ => new Thread(() =>
        {
            while (failed.Count < 3 && Interlocked.Increment(ref next) is var mine && mine < from + schedules)
            {
                Verdict verdict = run(mine, false);
                Interlocked.Increment(ref done);
                Interlocked.Add(ref steps, verdict.Steps);
                Interlocked.Add(ref acknowledged, verdict.Acknowledged);
                Interlocked.Add(ref unknown, verdict.Unknown);
                if (verdict.Violations.Count > 0)
                {
                    failed.Add(verdict);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"simulation: {name} schedules={done} steps={steps} acknowledged={acknowledged} unknown={unknown} failed={failed.Count} seconds={Stopwatch.GetElapsedTime(began).TotalSeconds:0.0}");
        Console.WriteLine(line);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.True(failed.Count > 0 || acknowledged > done, "schedules in which hardly a write succeeds show nothing");
        if (!failed.IsEmpty)
        {
            // Again, and this time with its log.
            Verdict first = failed.MinBy(verdict => verdict.Seed)!;
            Verdict again = One(run, first.Seed);
            Report(name, again.Violations.Count > 0 ? again : first);
        }
    }

    /// <summary>Runs one schedule, with its log.</summary>
    public static Verdict One(Func<int, bool, Verdict> run, int seed)
    {
        Verdict? verdict = null;
        Thread thread = new(() => verdict = run(seed, true));
        thread.Start();
        thread.Join();
        return verdict!;
    }

    private static void Report(string name, Verdict verdict) => Assert.True(
        verdict.Violations.Count == 0,
        $"{name}, seed {verdict.Seed} (again: DBMOVE_SIMULATION_SEED={verdict.Seed}):\n{string.Join('\n', verdict.Violations)}\n{string.Join('\n', verdict.Log)}");

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}

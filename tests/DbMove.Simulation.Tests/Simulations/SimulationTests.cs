using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Simulations;

/// <summary>
/// The product's own pool, repair, backfill, validation and switch over simulated servers, under thousands of schedules.
/// DBMOVE_SIMULATION_SEED replays one, DBMOVE_SIMULATION_FROM and DBMOVE_SIMULATION_SCHEDULES choose others.
/// </summary>
public sealed class SimulationTests
{
    [Fact]
    public void Simulation_of_writes_repairs_and_switches_loses_nothing() => Runs.Many("switches", 4000, Schedule.OfSwitches);

    [Fact]
    public void Simulation_of_the_backfill_loses_nothing() => Runs.Many("backfill", 1500, Schedule.OfBackfill);

    [Fact]
    public void Simulation_of_all_stages_loses_nothing() => Runs.Many("stages", 800, Schedule.OfStages);

    [Fact]
    public void Simulation_of_one_seed_is_the_same_every_time()
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            foreach (Func<int, bool, Verdict> run in (Func<int, bool, Verdict>[])[Schedule.OfSwitches, Schedule.OfBackfill, Schedule.OfStages])
            {
                Verdict first = Runs.One(run, seed);
                Verdict again = Runs.One(run, seed);
                Assert.True(first.Steps > 20);
                Assert.Equal(first.Log, again.Log);
                Assert.Equal(first.Trace, again.Trace);
            }
        }
    }
}

using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Roles;

/// <summary>Moves the authority to the other side, again and again; after a crash it starts as a service does.</summary>
internal sealed class Operator(World world, string name, int switches) : Role(name)
{
    private readonly HashSet<Process> _started = [];
    private int _left = switches;
    private int _starts = 20;

    // A backfill waits for a switch that died half-way, and in a quiet world nobody else would ever resolve it.
    protected override bool HasWork => (_left > 0 || world.Control.IsPrepared) && _starts > 0;

    protected override async Task WorkAsync(Process process)
    {
        if (_started.Add(process) || _left == 0 || world.Simulator.Chance(0.2))
        {
            _starts--;
            await process.StartAsync();
        }

        if (_left == 0)
        {
            return;
        }

        _left--;
        Stage now = process.Migration.Context.Stage.Last?.Stage ?? Stage.SourceFirst;
        await process.Migration.SwitchAsync(
            now == Stage.SourceFirst ? Stage.TargetFirst : Stage.SourceFirst, new SwitchOptions { OverrideGate = true, Reason = "the simulation is not about the gate" });
    }
}

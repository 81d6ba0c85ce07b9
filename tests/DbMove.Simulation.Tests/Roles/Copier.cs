using DbMove.Backfill;
using DbMove.Control;
using DbMove.Scheduling;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Roles;

/// <summary>A worker of the backfill: plans if nobody has, and copies ranges until none is left.</summary>
internal sealed class Copier(string name) : Role(name)
{
    private int _left = 6;

    protected override bool HasWork => _left > 0;

    public static async Task CopyAsync(Process process)
    {
        StageSnapshot stage = await process.Context.Stage.RefreshAsync(bothSides: false, default);
        ProgressStore store = new(process.Context.Database(Side.Target).Syntax, process.Context.Names);
        BackfillPlanner planner = new(process.Context, store);
        EntityBackfill entity = process.Context.Entities[0].CreateBackfill();
        await planner.EnsureAsync(entity, stage, default);
        RowPacer pacer = new(null, process.Time);
        await new BackfillWorker(process.Context, store, planner, entity, new BackfillTracker(entity.Binding.Name), pacer, new PauseGate(), stage).RunAsync(default);
    }

    protected override async Task WorkAsync(Process process)
    {
        _left--;
        await CopyAsync(process);
        _left = 0;
    }
}

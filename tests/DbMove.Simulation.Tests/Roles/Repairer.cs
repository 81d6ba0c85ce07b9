using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Roles;

/// <summary>Repairs what intents stand for, as the background work does.</summary>
internal sealed class Repairer(string name, int rounds) : Role(name)
{
    private int _left = rounds;

    protected override bool HasWork => _left > 0;

    protected override async Task WorkAsync(Process process)
    {
        _left--;
        await process.Migration.IntentRepair.RunOnceAsync(TimeSpan.Zero, default);
    }
}

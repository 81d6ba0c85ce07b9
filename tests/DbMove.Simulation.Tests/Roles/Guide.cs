using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Roles;

/// <summary>Leads through the stages by which the authority stays, each through its gate.</summary>
internal sealed class Guide(string name, params Stage[] steps) : Role(name)
{
    private int _at;
    private int _tries = 30;

    protected override bool HasWork => _at < steps.Length && _tries > 0;

    protected override async Task WorkAsync(Process process)
    {
        _tries--;
        await Healing.StepAsync(process, steps[_at]);
        _at++;
    }
}

using DbMove.Control;
using DbMove.Mapping;
using DbMove.Repair;
using DbMove.Simulation.Tests.Worlds;
using DbMove.Validation;

namespace DbMove.Simulation.Tests.Roles;

/// <summary>Suspects every key, and says which of the suspicions the product may confirm.</summary>
internal sealed class Validator(World world, string name, int rounds, Func<KeyFinding, bool> mayBe) : Role(name)
{
    private int _left = rounds;

    protected override bool HasWork => _left > 0;

    protected override async Task WorkAsync(Process process)
    {
        _left--;
        StageSnapshot stage = await process.Context.Stage.RefreshAsync(bothSides: false, default);
        if (!stage.Stage.IsDual())
        {
            return;
        }

        EntityBinding binding = process.Context.Entities[0];
        string[] keys = [.. Enumerable.Range(1, world.Plan.Keys).Select(key => ItemMap.FormatKey(key))];
        List<KeyFinding> confirmed = [];
        await new SuspectResolver(process.Context, new InconsistencyPublisher(process.Context, new InMemoryEventChannel(process.Context.Options.Events, TimeProvider.System)))
            .ResolveAsync(binding.CreateValidation(), stage, keys, 2, confirmed, default);
        foreach (KeyFinding finding in confirmed.Where(finding => !mayBe(finding)))
        {
            world.Violate($"{Name} was told that {finding.Key} is {finding.Verdict} in {stage.Stage}, epoch {stage.Epoch}, and it is not");
        }
    }
}

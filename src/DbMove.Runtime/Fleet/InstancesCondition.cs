using System.Globalization;
using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Fleet;

/// <summary>
/// The fleet's part in the gate: every instance that is alive has confirmed the present epoch. Nothing asks it again behind
/// the fence, because it cannot close there: who makes itself known later does so under the present epoch.
/// </summary>
internal sealed class InstancesCondition(FleetRoll fleet) : IGateCondition
{
    private const int MostNamed = 5;

    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        if (!stage.Stage.IsFenced() || (to < stage.Stage && !StageTransitions.MovesAuthority(stage.Stage, to)))
        {
            return [];
        }

        List<MigrationInstance> alive = [.. (await fleet.ListAsync(stage, cancellationToken).ConfigureAwait(false)).Where(instance => instance.IsAlive)];

        // This one has just read the epoch that it asks about.
        List<MigrationInstance> behind = [.. alive.Where(instance => instance.Epoch < stage.Epoch && !instance.IsSelf)];
        return [new("instances_current", behind.Count == 0, Describe(alive.Count, behind, stage.Epoch))];
    }

    private static string Describe(int alive, List<MigrationInstance> behind, long epoch)
    {
        if (behind.Count == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{alive} alive, all at epoch {epoch}");
        }

        string names = string.Join(", ", behind.Take(MostNamed).Select(instance => string.Create(
            CultureInfo.InvariantCulture, $"{instance.Label} (epoch {instance.Epoch}, seen {instance.SeenAgo.TotalSeconds:0.0} s ago)")));
        string more = behind.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {behind.Count - MostNamed} more") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{behind.Count} of {alive} alive have not confirmed epoch {epoch}: {names}{more}");
    }
}

using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Repair;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Validation;

/// <summary>
/// Tells real differences from writes in flight: a suspect is left alone for a moment and read again; what stays is
/// confirmed under the fixer's locks, and a key with an open intent is pending and asked again. Holds no session between rounds.
/// </summary>
internal sealed class SuspectResolver(MigrationContext context, KeyRepairer repairer)
{
    private const int ConfirmedAtOnce = 200;

    /// <summary>Resolves suspects of one entity.</summary>
    public async Task<ResolvedSuspects> ResolveAsync(
        EntityValidation entity, StageSnapshot stage, IReadOnlyList<string> suspects, int rounds, CancellationToken cancellationToken)
    {
        List<KeyFinding> confirmed = [];
        IReadOnlyList<string> open = suspects;
        TimeSpan delay = context.Options.Validation.SuspectDelay;
        for (int round = 0; round < rounds && open.Count > 0; round++)
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, context.Time, cancellationToken).ConfigureAwait(false);
                delay *= 2;
            }

            await context.Probes.ReachAsync(ProbePoint.ValidationSuspects, cancellationToken).ConfigureAwait(false);
            List<string> pending = [];
            foreach (string[] keys in (await ReadAgainAsync(entity, stage, open, cancellationToken).ConfigureAwait(false)).Chunk(ConfirmedAtOnce))
            {
                await ConfirmAsync(entity.Binding, stage, keys, confirmed, pending, cancellationToken).ConfigureAwait(false);
            }

            open = pending;
        }

        return new(confirmed, open);
    }

    /// <summary>Those of the keys that differ on both sides as they are now, read without locks.</summary>
    public async Task<List<string>> ReadAgainAsync(EntityValidation entity, StageSnapshot stage, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        SideSession authority = await context.Database(stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (authority.ConfigureAwait(false))
        {
            SideSession follower = await context.Database(stage.Follower).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
            await using (follower.ConfigureAwait(false))
            {
                return await entity.FindDifferingAsync(authority, follower, keys, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ConfirmAsync(
        EntityBinding entity, StageSnapshot stage, string[] keys, List<KeyFinding> confirmed, List<string> pending, CancellationToken cancellationToken)
    {
        RepairKeys asked = new();
        foreach (string key in keys)
        {
            asked.Add(entity, key);
        }

        if (await repairer.ConfirmAsync(asked, cancellationToken).ConfigureAwait(false) is not { } findings
            || context.Stage.Last is not { } now || !now.IsSameAssignment(stage))
        {
            // A verdict speaks of the follower. After a switch that is the other side, and the caller would name the
            // wrong kind: such keys are left to whoever looks at them under the new stage.
            pending.AddRange(keys);
            return;
        }

        foreach (KeyFinding finding in findings[entity])
        {
            switch (finding.Verdict)
            {
                case KeyVerdict.Equal:
                    break;
                case KeyVerdict.Pending or KeyVerdict.Unsettled:
                    pending.Add(finding.Key);
                    break;
                default:
                    confirmed.Add(finding);
                    break;
            }
        }
    }
}

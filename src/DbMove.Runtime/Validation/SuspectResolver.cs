using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Repair;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Validation;

/// <summary>
/// Tells real differences from writes in flight: a suspect is left alone for a moment and read again; what stays is
/// confirmed under the fixer's locks and published, and a key with an open intent is pending and asked again. Holds no
/// session between rounds.
/// </summary>
internal sealed class SuspectResolver(MigrationContext context, InconsistencyPublisher publisher)
{
    private const int ConfirmedAtOnce = 200;

    private readonly KeyConfirmation _confirmation = new(context);

    /// <summary>Resolves suspects of one entity, and publishes what is confirmed.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="stage">The stage in which they are suspected.</param>
    /// <param name="suspects">The keys.</param>
    /// <param name="rounds">How often a key may be pending before it is undecided.</param>
    /// <param name="confirmed">
    /// Takes what is confirmed, also by a call that then fails; what it holds already is not asked again, so that the call
    /// may be repeated.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The keys that stayed undecided. Those that are in neither list were found equal.</returns>
    /// <exception cref="EventChannelException">What was confirmed last could not be published.</exception>
    public async Task<IReadOnlyList<string>> ResolveAsync(
        EntityValidation entity, StageSnapshot stage, IEnumerable<string> suspects, int rounds, List<KeyFinding> confirmed, CancellationToken cancellationToken)
    {
        List<string> open = [.. suspects.Except(confirmed.Select(finding => finding.Key), StringComparer.Ordinal)];
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

        return open;
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
        IReadOnlyList<KeyFinding> differences = [];
        IReadOnlyList<KeyFinding>? findings;
        try
        {
            findings = await _confirmation.RunAsync(stage, entity, keys, KeepAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (EventChannelException)
        {
            // They differ all the same, and whoever asked says so.
            confirmed.AddRange(differences);
            throw;
        }

        if (findings is null)
        {
            // A verdict speaks of the follower. After a switch that is the other side: such keys are left to whoever looks
            // at them under the new stage.
            pending.AddRange(keys);
            return;
        }

        pending.AddRange(findings.Where(finding => finding.Verdict is KeyVerdict.Pending or KeyVerdict.Unsettled).Select(finding => finding.Key));
        if (findings.Any(finding => finding.IsDifference))
        {
            confirmed.AddRange(differences);
            await publisher.AnnounceAsync(entity, stage, differences, cancellationToken).ConfigureAwait(false);
        }

        async Task KeepAsync(SideSession target, IReadOnlyList<KeyFinding> found, CancellationToken bounded)
        {
            differences = found;
            try
            {
                await publisher.PublishAsync(target, entity, stage, found, bounded).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new EventChannelException($"The events of migration '{context.Name}' were not taken within {context.Options.FollowerTimeout.TotalSeconds:0.###} s (FollowerTimeout).", exception);
            }
        }
    }
}

using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Repair;

/// <summary>
/// Judges keys under the repair's locks without changing them, and has what differs kept before it lets go of the fences: a
/// switch comes before the judgement, or finds what was kept. In between, it would make the bad row the good one, and the
/// repair would copy it over the other.
/// </summary>
internal sealed class KeyConfirmation(MigrationContext context)
{
    private const int MaximumRounds = 8;

    private readonly BothFences _fences = new(context);

    /// <summary>How these keys stand.</summary>
    /// <param name="stage">The stage in which they are suspected.</param>
    /// <param name="entity">Their entity.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="keep">
    /// Keeps what differs, on the target's session, whose transaction is committed afterwards. Called only if something does, and
    /// again where the attempt before came to nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null: the stage is another one by now, or the keys cannot be judged at present.</returns>
    public async Task<IReadOnlyList<KeyFinding>?> RunAsync(
        StageSnapshot stage, EntityBinding entity, IReadOnlyList<string> keys, Func<SideSession, IReadOnlyList<KeyFinding>, CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        RepairKeys asked = new();
        foreach (string key in keys)
        {
            asked.Add(entity, key);
        }

        for (int round = 0; round < MaximumRounds; round++)
        {
            if (await _fences.RunAsync(stage, (authority, follower, token) => TryAsync(new(context, authority, follower, asked), authority, follower, keep, token), cancellationToken).ConfigureAwait(false) is not { } attempt)
            {
                await context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
                return null;
            }

            if (attempt.Findings is { } findings)
            {
                return findings;
            }
        }

        return null;
    }

    private async Task<Attempt> TryAsync(
        RepairTransaction transaction, SideSession authority, SideSession follower, Func<SideSession, IReadOnlyList<KeyFinding>, CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.ExamineAsync(cancellationToken).ConfigureAwait(false);
            await context.Probes.ReachAsync(ProbePoint.RepairExamined, cancellationToken).ConfigureAwait(false);
            await transaction.MarkPendingAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyList<KeyFinding> findings = transaction.Findings.Values.Single();
            if (findings.Where(finding => finding.IsDifference).ToArray() is { Length: > 0 } differences)
            {
                // If the server has ended this session meanwhile, the locks that keep intents from being cleared were gone, and what looks
                // like a difference may be repaired by now.
                await follower.QueryAsync($"SELECT {follower.Database.Syntax.NowMilliseconds}", default, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
                await context.Probes.ReachAsync(ProbePoint.ValidationConfirmed, cancellationToken).ConfigureAwait(false);
                SideSession target = authority.Database.Side == Side.Target ? authority : follower;
                await keep(target, differences, cancellationToken).ConfigureAwait(false);
                await target.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            return new(findings);
        }
        catch (Exception exception) when (authority.Database.Classify(exception) == FailureKind.Transient || follower.Database.Classify(exception) == FailureKind.Transient)
        {
            return new(null);
        }
    }

    /// <param name="Findings">Null: it came to nothing, for a reason that passes.</param>
    private sealed record Attempt(IReadOnlyList<KeyFinding>? Findings);
}

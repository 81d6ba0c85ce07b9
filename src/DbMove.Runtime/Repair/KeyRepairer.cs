using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Repair;

/// <summary>
/// Makes the follower equal to the authority for given keys, under locks, in the direction of the current stage
/// (DESIGN §3.4).
/// </summary>
internal sealed partial class KeyRepairer(MigrationContext context)
{
    private const int MaximumRounds = 8;

    private readonly BothFences _fences = new(context);
    private readonly RepairSettlement _settlement = new(context);

    private async Task<RepairReport> RepairTogetherAsync(RepairKeys keys, CancellationToken cancellationToken)
    {
        RepairKeys widened = keys;
        bool park = false;
        for (int round = 0; round < MaximumRounds && keys.Count > 0; round++)
        {
            StageSnapshot stage = await context.Stage.GetForWriteAsync(cancellationToken).ConfigureAwait(false);
            if (!stage.Stage.IsDual())
            {
                return new RepairReport(0, 0, keys.Count, []);
            }

            (RepairKeys tried, bool parks) = (widened, park);
            if (await _fences.RunAsync(stage, (authority, follower, token) => TryAsync(authority, follower, tried, parks, token), cancellationToken).ConfigureAwait(false) is not { } attempt)
            {
                await context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
                continue;
            }

            switch (attempt.Outcome)
            {
                case Outcome.Done:
                    return await _settlement.FinishAsync(stage, attempt.Transaction!, cancellationToken).ConfigureAwait(false);

                case Outcome.Again:
                    break;

                case Outcome.UniqueClash when Widen(ref widened, attempt.Holders) || !park:
                    // The holders of the clashing values join in, and everything that is to change is set aside first.
                    park = true;
                    break;

                case Outcome.ForeignKey or Outcome.Locked when keys.Count == 1:
                    // A missing parent (or a child still there) comes and goes with its own repair, a lock with its transaction: later again.
                    return await _settlement.FailAsync(stage, keys, attempt.Reason, isData: false, cancellationToken).ConfigureAwait(false);

                default:
                    return keys.Count == 1
                        ? await _settlement.FailAsync(stage, keys, attempt.Reason, isData: true, cancellationToken).ConfigureAwait(false)
                        : await RepairApartAsync(stage, keys, attempt.Transaction, cancellationToken).ConfigureAwait(false);
            }
        }

        return new RepairReport(0, 0, keys.Count, []);
    }

    private static bool Widen(ref RepairKeys keys, RepairKeys? holders)
    {
        RepairKeys wider = keys.Copy();
        bool added = false;
        foreach ((EntityBinding entity, HashSet<string> texts) in holders?.ByEntity ?? [])
        {
            foreach (string text in texts)
            {
                added |= wider.Add(entity, text);
            }
        }

        keys = wider;
        return added;
    }

    /// <summary>
    /// What was refused together, or holds one key that somebody has locked, is repaired in parts, so that a refused key costs a few attempts and not one for each of its
    /// batch. Rows that are to go and that others refer to are what is usually refused: a batch may hold an old intent of such
    /// a row, and the intents of its children, deleted with it, come much later. They stand apart, and the rest goes on.
    /// </summary>
    private async Task<RepairReport> RepairApartAsync(StageSnapshot stage, RepairKeys keys, RepairTransaction? refused, CancellationToken cancellationToken)
    {
        RepairKeys parents = new();
        foreach ((EntityBinding entity, IReadOnlyList<KeyFinding> findings) in refused?.Findings ?? [])
        {
            foreach (KeyFinding finding in findings.Where(finding => finding.Verdict == KeyVerdict.ExtraOnFollower && entity.Tables[(int)stage.Follower].ReferencedBy.Count > 0))
            {
                parents.Add(entity, finding.Key);
            }
        }

        RepairReport report = RepairReport.Empty;
        foreach (RepairKeys part in keys.Apart(parents))
        {
            report = report.Add(await RepairTogetherAsync(part, cancellationToken).ConfigureAwait(false));
        }

        return report;
    }

    private async Task<Attempt> TryAsync(SideSession authority, SideSession follower, RepairKeys keys, bool park, CancellationToken cancellationToken)
    {
        RepairTransaction transaction = new(context, authority, follower, keys);
        try
        {
            TimeSpan patience = context.Options.FollowerTimeout / (keys.Count == 1 ? 2 : 10);
            await authority.LimitLockWaitsAsync(patience, cancellationToken).ConfigureAwait(false);
            await follower.LimitLockWaitsAsync(patience, cancellationToken).ConfigureAwait(false);
            await transaction.ExamineAsync(cancellationToken).ConfigureAwait(false);
            await context.Probes.ReachAsync(ProbePoint.RepairExamined, cancellationToken).ConfigureAwait(false);
            if (!await transaction.ApplyAsync(park, cancellationToken).ConfigureAwait(false))
            {
                return new(Outcome.Refused, Reason: "a unique value is held by another row, and its column's type leaves no value to set it aside with");
            }

            await _settlement.RememberAsync(authority, transaction, cancellationToken).ConfigureAwait(false);
            await context.Probes.ReachAsync(ProbePoint.RepairApplied, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (authority.Database.Classify(exception) == FailureKind.Transient || follower.Database.Classify(exception) == FailureKind.Transient)
        {
            return new(Outcome.Again);
        }
        catch (Exception exception) when (authority.Database.IsLockTimeout(exception) || follower.Database.IsLockTimeout(exception))
        {
            return new(Outcome.Locked, Reason: "another transaction holds its row, or its key's lock: " + exception.Message);
        }
        catch (Exception exception) when (follower.Database.Classify(exception) is FailureKind.UniqueClash)
        {
            await follower.RollbackAsync().ConfigureAwait(false);
            return new(Outcome.UniqueClash, Reason: exception.Message, Holders: await FindHoldersAsync(authority, follower, keys, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (follower.Database.Classify(exception) is FailureKind.ForeignKey)
        {
            return new(Outcome.ForeignKey, transaction, exception.Message);
        }
        catch (Exception exception) when (follower.Database.Classify(exception) is FailureKind.Data)
        {
            return new(Outcome.Refused, Reason: exception.Message);
        }

        // The authority first: its commit fails if the server ended that session meanwhile, and then what was read there
        // may be old.
        await authority.CommitAsync(cancellationToken).ConfigureAwait(false);
        await context.Probes.ReachAsync(ProbePoint.RepairAuthorityCommitted, cancellationToken).ConfigureAwait(false);
        return await CommitFollowerAsync(follower, transaction, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Attempt> CommitFollowerAsync(SideSession follower, RepairTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await follower.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (follower.Database.ClassifyCommit(exception) is FailureKind.Transient)
        {
            return new(Outcome.Again);
        }
        catch (Exception exception) when (follower.Database.ClassifyCommit(exception) is FailureKind.ForeignKey)
        {
            return new(Outcome.ForeignKey, transaction, exception.Message);
        }
        catch (Exception exception) when (follower.Database.ClassifyCommit(exception) is FailureKind.Data or FailureKind.UniqueClash)
        {
            return new(Outcome.Refused, Reason: exception.Message);
        }

        await context.Probes.ReachAsync(ProbePoint.RepairFollowerCommitted, cancellationToken).ConfigureAwait(false);
        return new(Outcome.Done, transaction);
    }

    private async Task<RepairKeys> FindHoldersAsync(SideSession authority, SideSession follower, RepairKeys keys, CancellationToken cancellationToken)
    {
        await follower.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
        return await new RepairTransaction(context, authority, follower, keys).FindHoldersAsync(cancellationToken).ConfigureAwait(false);
    }

    private enum Outcome
    {
        Done,
        Again,
        UniqueClash,
        ForeignKey,
        Locked,
        Refused,
    }

    private sealed record Attempt(Outcome Outcome, RepairTransaction? Transaction = null, string Reason = "", RepairKeys? Holders = null);
}

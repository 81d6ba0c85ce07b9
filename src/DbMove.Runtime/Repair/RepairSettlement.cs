using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Repair;

/// <summary>What a repair writes on the authority when it is over: intents cleared, changed keys remembered, failures counted.</summary>
internal sealed class RepairSettlement(MigrationContext context)
{
    /// <summary>
    /// Remembers the keys that are about to change on the follower, in the repair's own transaction on the authority: until
    /// they are verified the gate is closed, even if this process dies right after the follower's commit. What the follower does not
    /// hold is left out: it is known to differ, so a verification would report it for ever; its intent or event keeps the gate closed.
    /// </summary>
    public async Task RememberAsync(SideSession authority, RepairTransaction transaction, CancellationToken cancellationToken)
    {
        IntentStore intents = context.Intents[(int)authority.Database.Side];
        foreach ((EntityBinding entity, IReadOnlyList<KeyFinding> findings) in transaction.Findings)
        {
            foreach (KeyFinding finding in findings.Where(finding => finding.Verdict is not (KeyVerdict.Equal or KeyVerdict.Unsettled) && !transaction.IsUnheld(entity, finding.Key)))
            {
                await intents.KeepRepairedAsync(authority, entity.Name, finding.Key, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Clears exactly the intents that were read before the authority was, now that both sides have committed.</summary>
    public async Task<RepairReport> FinishAsync(StageSnapshot stage, RepairTransaction transaction, CancellationToken cancellationToken)
    {
        (int repaired, int consistent, int unsettled) = (0, 0, 0);
        List<long> cleared = [];
        foreach ((EntityBinding entity, IReadOnlyList<KeyFinding> findings) in transaction.Findings)
        {
            foreach (KeyFinding finding in findings)
            {
                if (finding.Verdict == KeyVerdict.Unsettled)
                {
                    unsettled++;
                    continue;
                }

                if (transaction.IsUnheld(entity, finding.Key))
                {
                    continue;
                }

                if (finding.Verdict == KeyVerdict.Equal)
                {
                    consistent++;
                }
                else
                {
                    repaired++;
                }

                if (transaction.Intents.TryGetValue((entity.Name, finding.Key), out List<long>? ids))
                {
                    cleared.AddRange(ids);
                }
            }
        }

        if (cleared.Count > 0 || transaction.Unheld.Count > 0)
        {
            IntentStore intents = context.Intents[(int)stage.Authority];
            SideSession session = await context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
                cleared.Sort();
                await intents.ClearAsync(session, cleared, cancellationToken).ConfigureAwait(false);
                await FailUnheldAsync(session, intents, transaction, cancellationToken).ConfigureAwait(false);
                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await context.Probes.ReachAsync(ProbePoint.RepairSettled, cancellationToken).ConfigureAwait(false);

        context.Metrics.Repaired(repaired);
        context.Metrics.AlreadyConsistent(consistent);
        if (repaired > 0)
        {
            RepairLog.Repaired(context.Logger, context.Name, repaired, consistent);
        }

        return new RepairReport(repaired, consistent, unsettled, ReportUnheld(transaction));
    }

    /// <summary>A value that the follower does not hold is a data error, though no driver reports it: its intents are parked after enough tries.</summary>
    private async Task FailUnheldAsync(SideSession session, IntentStore intents, RepairTransaction transaction, CancellationToken cancellationToken)
    {
        foreach ((EntityBinding entity, IReadOnlyList<KeyFinding> unheld) in transaction.Unheld)
        {
            foreach (IGrouping<string, KeyFinding> reason in unheld.GroupBy(transaction.Why))
            {
                long[] ids = [.. reason.SelectMany(finding => transaction.Intents.GetValueOrDefault((entity.Name, finding.Key), [])).Order()];
                await intents.FailAsync(
                    session, ids, reason.Key, context.Options.Repair.Interval, park: true, context.Options.Repair.MaximumAttempts, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private List<RepairFailure> ReportUnheld(RepairTransaction transaction)
    {
        List<RepairFailure> failures = [];
        foreach ((EntityBinding entity, IReadOnlyList<KeyFinding> unheld) in transaction.Unheld)
        {
            RepairLog.NotHeld(context.Logger, context.Name, unheld.Count, entity.Name, KeyFinding.Sample(unheld), transaction.Why(unheld[0]));
            failures.AddRange(unheld.Select(finding => new RepairFailure(entity.Name, finding.Key, transaction.Why(finding))));
        }

        return failures;
    }

    /// <summary>Counts the failure on the key's intents; a data error parks them after enough tries.</summary>
    public async Task<RepairReport> FailAsync(StageSnapshot stage, RepairKeys single, string reason, bool isData, CancellationToken cancellationToken)
    {
        (EntityBinding entity, HashSet<string> keys) = single.ByEntity.Single();
        string key = keys.Single();
        RepairLog.KeyFailed(context.Logger, context.Name, entity.Name, key, reason);
        IntentStore intents = context.Intents[(int)stage.Authority];
        SideSession session = await context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
            List<(long Id, string Key)> open = await intents.ReadOpenAsync(session, entity.Name, keys, cancellationToken).ConfigureAwait(false);
            await intents.FailAsync(
                session, [.. open.Select(intent => intent.Id)], reason, context.Options.Repair.Interval, isData, context.Options.Repair.MaximumAttempts, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return new RepairReport(0, 0, isData ? 0 : 1, isData ? [new RepairFailure(entity.Name, key, reason)] : []);
    }
}

using DbMove.Control;
using DbMove.Dialects;
using DbMove.Fleet;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Repair;
using DbMove.Telemetry;
using Microsoft.Extensions.Logging;

namespace DbMove.Scheduling;

/// <summary>
/// The authority moves (DESIGN §3.8): both fences exclusively, gate and epoch again, drain, identities, <em>prepared</em> on
/// the new authority, the commit point on the old one, and <em>prepared</em> cleared.
/// </summary>
internal sealed class AuthoritySwitch(MigrationContext context, FencedGate gate, IntentClearer clearer, IntentRepairLoop repair)
{
    private readonly FleetHandover _fleet = new(context.Names);

    /// <returns>The new epoch, and how long writes waited.</returns>
    public async Task<(long Epoch, TimeSpan Pause)> RunAsync(StageSnapshot stage, GateReport report, SwitchOptions options, AuditStore audit, CancellationToken cancellationToken)
    {
        await DrainAheadAsync(cancellationToken).ConfigureAwait(false);
        long epoch;
        TimeSpan pause;
        SideSession authority = await context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (authority.ConfigureAwait(false))
        {
            SideSession follower = await context.Database(stage.Follower).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (follower.ConfigureAwait(false))
            {
                PauseBudget budget = new(context, report);
                using Deadline deadline = new(context.Options.PauseBudget, context.Time, cancellationToken);
                try
                {
                    epoch = await PrepareAsync(authority, follower, stage, report, options, audit, budget, deadline.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException exception) when (deadline.Explains(exception))
                {
                    throw budget.Spent("while a side did not answer");
                }

                // From here on no caller may cancel: what is left half-way is resolved by the next switch or start.
                await CommitPreparedAsync(authority, follower, report).ConfigureAwait(false);
                MigrationTracing.Note("switch.prepared");
                await context.Probes.ReachAsync(ProbePoint.SwitchPrepared, CancellationToken.None).ConfigureAwait(false);
                await authority.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                MigrationTracing.Note("switch.committed");
                await context.Probes.ReachAsync(ProbePoint.SwitchCommitted, CancellationToken.None).ConfigureAwait(false);
                pause = budget.Elapsed;
            }
        }

        await ClearPreparedAsync(context.Database(stage.Follower), context.Control[(int)stage.Follower], epoch).ConfigureAwait(false);
        await context.Probes.ReachAsync(ProbePoint.SwitchCleared, CancellationToken.None).ConfigureAwait(false);
        return (epoch, pause);
    }

    /// <summary>Everything up to the two commits, within the pause budget. Returns the new epoch.</summary>
    private async Task<long> PrepareAsync(
        SideSession authority, SideSession follower, StageSnapshot stage, GateReport report, SwitchOptions options, AuditStore audit, PauseBudget budget, CancellationToken cancellationToken)
    {
        (ControlStore oldControl, ControlStore newControl) = (context.Control[(int)stage.Authority], context.Control[(int)stage.Follower]);
        await BeginExclusiveAsync(authority, budget, cancellationToken).ConfigureAwait(false);
        await context.Probes.ReachAsync(ProbePoint.SwitchAuthorityFenced, cancellationToken).ConfigureAwait(false);
        await BeginExclusiveAsync(follower, budget, cancellationToken).ConfigureAwait(false);
        MigrationTracing.Note("switch.fenced");
        await context.Probes.ReachAsync(ProbePoint.SwitchFenced, cancellationToken).ConfigureAwait(false);
        ControlRow? oldRow = await oldControl.ReadAsync(authority, cancellationToken).ConfigureAwait(false);
        ControlRow? newRow = await newControl.ReadAsync(follower, cancellationToken).ConfigureAwait(false);
        if (oldRow is null || newRow is null || !stage.Matches(oldRow) || newRow.IsPrepared)
        {
            throw StageSwitch.Overtaken(oldRow, report);
        }

        GateReport again = await gate.CheckAsync(report, stage, authority, follower, options, cancellationToken).ConfigureAwait(false);
        await DrainAsync(authority, follower, budget, parked: !options.OverrideGate, cancellationToken).ConfigureAwait(false);
        await context.Probes.ReachAsync(ProbePoint.SwitchDrained, cancellationToken).ConfigureAwait(false);
        await AdvanceIdentitiesAsync(authority, follower, cancellationToken).ConfigureAwait(false);
        await _fleet.CarryAsync(authority, follower, cancellationToken).ConfigureAwait(false);
        long epoch = Math.Max(oldRow.Epoch, newRow.Epoch) + 1;
        ControlRow next = oldRow with { Epoch = epoch, Stage = report.To };
        await newControl.WriteAsync(follower, next with { IsPrepared = true }, options.ChangedBy, options.Reason, cancellationToken).ConfigureAwait(false);
        await oldControl.WriteAsync(authority, next, options.ChangedBy, options.Reason, cancellationToken).ConfigureAwait(false);
        await audit.AddAsync(authority, again, epoch, options, cancellationToken).ConfigureAwait(false);
        await context.Probes.ReachAsync(ProbePoint.SwitchWritten, cancellationToken).ConfigureAwait(false);
        budget.Check("before the new epoch was prepared");
        return epoch;
    }

    /// <summary>
    /// Commits <em>prepared</em> on the new authority, within <see cref="MigrationOptions.FollowerTimeout"/>: every writer waits
    /// behind the old one's fence meanwhile.
    /// </summary>
    private async Task CommitPreparedAsync(SideSession authority, SideSession follower, GateReport report)
    {
        TimeSpan most = context.Options.FollowerTimeout;
        using CancellationTokenSource bounded = new(most, context.Time);
        try
        {
            await follower.CommitAsync(bounded.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            // It may still commit, and at any time. Until it has, or never will, it holds the follower's fence, so the next move of
            // the authority reads the follower's row behind it and takes a greater number. A step by which the authority stays
            // may take the same number, for a stage that names its own side: then the prepared row never agrees with it.
            await authority.RollbackAsync().ConfigureAwait(false);
            throw new SwitchAbandonedException(
                report.From, report.To, $"The switch from {report.From.ToWireName()} to {report.To.ToWireName()} was abandoned: the {follower.Database.Side.ToWireName()} ({follower.Database.DisplayName}) did not answer the commit of the new epoch within {most.TotalSeconds:0.###} s (FollowerTimeout). The {authority.Database.Side.ToWireName()} remains the authority; the next switch or start undoes what this one left.", exception);
        }
    }

    private static async Task BeginExclusiveAsync(SideSession session, PauseBudget budget, CancellationToken cancellationToken)
    {
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = budget.Remaining }, cancellationToken).ConfigureAwait(false);
        await session.FlushAsync(cancellationToken).ConfigureAwait(false);
        budget.Check("while the fences were taken: a long transaction holds one");
    }

    /// <summary>
    /// Repairs what can be repaired while writes still go on, so that little is left for the pause. It ends in time where
    /// intents come as fast as they go: what it leaves is the pause's.
    /// </summary>
    private async Task DrainAheadAsync(CancellationToken cancellationToken)
    {
        await clearer.FlushAsync(cancellationToken).ConfigureAwait(false);
        long began = context.Time.GetTimestamp();
        try
        {
            for (int round = 0;
                round < 100 && context.Time.GetElapsedTime(began) < context.Options.LockTimeout
                && await repair.RunOnceAsync(context.Options.Repair.IntentDelay, cancellationToken).ConfigureAwait(false) > 0;
                round++)
            {
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && context.IsPassing(exception))
        {
            RepairLog.Waiting(context.Logger, LogLevel.Warning, exception, context.Name);
        }
    }

    /// <summary>
    /// Repairs, in the switch's own two transactions, until no intent is open. A parked one cannot be repaired and keeps the
    /// gate closed; where the gate is overridden it stays behind.
    /// </summary>
    private async Task DrainAsync(SideSession authority, SideSession follower, PauseBudget budget, bool parked, CancellationToken cancellationToken)
    {
        IntentStore intents = context.Intents[(int)authority.Database.Side];
        while (true)
        {
            List<(long Id, string Entity, string Key)> open = await intents.ReadAllOpenAsync(authority, parked, context.Options.Repair.BatchSize, cancellationToken).ConfigureAwait(false);
            if (open.Count == 0)
            {
                return;
            }

            RepairKeys keys = repair.Collect(open);
            RepairTransaction transaction = new(context, authority, follower, keys);
            await transaction.ExamineAsync(cancellationToken).ConfigureAwait(false);
            if (keys.Count == 0 || !await transaction.ApplyAsync(park: false, cancellationToken).ConfigureAwait(false))
            {
                throw new SwitchAbandonedException(
                    budget.Report.From, budget.Report.To, $"The switch was abandoned: {open.Count} intents name entities or keys that this process cannot repair.");
            }

            if (transaction.Unheld.FirstOrDefault() is { Key: { } entity, Value: { } unheld })
            {
                // Once the authority has moved, what the new one made of the value would be the truth.
                throw new SwitchAbandonedException(
                    budget.Report.From, budget.Report.To, $"The switch was abandoned: {unheld.Count} rows of {entity.Name} cannot be brought to the {follower.Database.Side.ToWireName()}, such as {KeyFinding.Sample(unheld)}: {transaction.Why(unheld[0])}.");
            }

            await intents.ClearAsync(authority, [.. transaction.Intents.Values.SelectMany(ids => ids).Order()], cancellationToken).ConfigureAwait(false);
            budget.Check("while open intents were repaired");
        }
    }

    /// <summary>The new authority gives out only numbers that neither side has given out or holds.</summary>
    private async Task AdvanceIdentitiesAsync(SideSession authority, SideSession follower, CancellationToken cancellationToken)
    {
        foreach (EntityBinding entity in context.Entities)
        {
            await entity.AdvanceIdentityAsync(authority, follower, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// After the commit point, and within <see cref="MigrationOptions.FollowerTimeout"/>: a failure here is tidied by the next
    /// switch or start.
    /// </summary>
    private async Task ClearPreparedAsync(SideDatabase database, ControlStore control, long epoch)
    {
        using Deadline deadline = new(context.Options.FollowerTimeout, context.Time, CancellationToken.None);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Write, deadline.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.FollowerTimeout }, deadline.Token).ConfigureAwait(false);
                await control.ClearPreparedAsync(session, epoch, deadline.Token).ConfigureAwait(false);
                await session.CommitAsync(deadline.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (deadline.Explains(exception) || database.Classify(exception) is not null)
        {
            SchedulingLog.PollFailed(context.Logger, LogLevel.Warning, exception, context.Name);
        }
    }
}

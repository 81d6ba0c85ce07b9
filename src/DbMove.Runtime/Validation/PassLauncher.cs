using System.Diagnostics;
using DbMove.Backfill;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Validation;

/// <summary>Begins a full pass in the control tables, runs it, judges how it ended and stores the outcome.</summary>
internal sealed class PassLauncher(MigrationContext context, PassStore store)
{
    private const int StoreTries = 5;

    /// <summary>Records the pass before anything is compared.</summary>
    public async Task<PassStart> BeginAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        string source = await ReadServerAsync(Side.Source, cancellationToken).ConfigureAwait(false);
        string target = await ReadServerAsync(Side.Target, cancellationToken).ConfigureAwait(false);
        List<(Side Side, long Id, string Entity)> dirty = await context.Dirty.ReadAsync(cancellationToken).ConfigureAwait(false);
        string run = Guid.CreateVersion7(context.Time.GetUtcNow()).ToString("N");
        SideDatabase database = context.Database(Side.Target);
        SideSession session = await database.OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
            HashSet<string> complete = await new ProgressStore(database.Syntax, context.Names).ReadCompleteAsync(session, stage.DualSince, cancellationToken).ConfigureAwait(false);
            bool followsBackfill = context.Entities.All(entity => complete.Contains(entity.Name));
            await store.BeginAsync(session, run, stage.Epoch, source, target, followsBackfill, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        ValidationLog.Started(context.Logger, context.Name, run, stage.Epoch);
        await context.Probes.ReachAsync(ProbePoint.ValidationBegun, cancellationToken).ConfigureAwait(false);
        return new PassStart(run, dirty);
    }

    /// <summary>Runs a pass to whatever end.</summary>
    public async Task<ValidationReport> RunAsync(FullPass pass, StageSnapshot stage, PassStart start, CancellationToken stop)
    {
        string run = start.Run;
        using Activity? activity = context.Tracing.StartApart("dbmove.validation");
        activity.SetStage(stage);
        activity.SetWord("dbmove.validation.run", run);
        long began = context.Time.GetTimestamp();
        (ValidationState State, string Detail) outcome = (ValidationState.Failed, "an unexpected error ended it");
        ValidationReport report;
        try
        {
            outcome = await JudgeAsync(pass, stage, stop).ConfigureAwait(false);
            await context.Probes.ReachAsync(ProbePoint.ValidationJudged, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
        finally
        {
            report = new(outcome.State, outcome.Detail, stage.Epoch, context.Time.GetElapsedTime(began), pass.Entities, pass.Sample);
            report = await StoreAsync(run, report).ConfigureAwait(false);
            if (report.IsClean)
            {
                await context.Dirty.RemoveAsync(start.Dirty).ConfigureAwait(false);
            }

            pass.Dispose();
            Describe(activity, report);
        }

        ValidationLog.Ended(context.Logger, context.Name, run, report.State, report.RowsCompared, report.Differences, report.Undecided, report.Detail);
        return report;
    }

    /// <summary>A pass that tells nothing about the data has failed as an activity, whatever kept it from its end.</summary>
    private static void Describe(Activity? activity, ValidationReport report)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetWord("dbmove.outcome", ValidationStateNames.Of(report.State));
        activity.SetCount("dbmove.rows.compared", report.RowsCompared);
        activity.SetCount("dbmove.differences", report.Differences);
        activity.SetCount("dbmove.undecided", report.Undecided);
        if (report.State is ValidationState.Failed or ValidationState.Inconclusive)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    public async Task<string> ReadServerAsync(Side side, CancellationToken cancellationToken)
    {
        SideSession session = await context.Database(side).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return (await context.Database(side).IdentifyAsync(session, cancellationToken).ConfigureAwait(false)).Server;
        }
    }

    /// <summary>Only a pass that came to its end, decided every key and saw no switch can be clean.</summary>
    private async Task<(ValidationState State, string Detail)> JudgeAsync(FullPass pass, StageSnapshot stage, CancellationToken stop)
    {
        try
        {
            await pass.RunAsync(stop).ConfigureAwait(false);
            StageSnapshot now = await context.Stage.RefreshAsync(bothSides: false, stop).ConfigureAwait(false);
            if (!now.IsSameAssignment(stage))
            {
                return (ValidationState.Inconclusive, "the stage changed meanwhile");
            }

            ValidationReport found = new(ValidationState.Running, string.Empty, 0, default, pass.Entities, []);
            return found switch
            {
                { Differences: > 0 } => (ValidationState.Differences, $"{found.Differences} differences"),
                { Undecided: > 0 } => (ValidationState.Inconclusive, $"{found.Undecided} keys stayed pending"),
                _ => (ValidationState.Clean, string.Empty),
            };
        }
        catch (Exception exception) when (stop.IsCancellationRequested && (exception is OperationCanceledException || context.IsPassing(exception)))
        {
            return (ValidationState.Stopped, "it was stopped");
        }
        catch (Exception exception) when (pass.EndedBy is not null && (exception is OperationCanceledException || context.IsPassing(exception)))
        {
            return (pass.Entities.Any(entity => entity.Differences > 0) ? ValidationState.Differences : ValidationState.Inconclusive, $"ended early: {pass.EndedBy}");
        }
        catch (EventChannelException exception)
        {
            ValidationLog.Failed(context.Logger, exception, context.Name);
            return (ValidationState.Inconclusive, "differences could not be published; the log says why");
        }
        catch (Exception exception) when (context.IsPassing(exception))
        {
            ValidationLog.Failed(context.Logger, exception, context.Name);
            return (ValidationState.Inconclusive, "a side was out of reach; the log says which and why");
        }
        catch (Exception exception) when (exception is DbMoveException || context.FailureOf(exception) is not null)
        {
            ValidationLog.Failed(context.Logger, exception, context.Name);
            return (ValidationState.Failed, exception is KeyOrderException ? exception.Message : "an error ended it; the log says which");
        }
    }

    /// <summary>An outcome that cannot be stored leaves the pass running for ever, which counts for nothing.</summary>
    private async Task<ValidationReport> StoreAsync(string run, ValidationReport report)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                SideSession session = await context.Database(Side.Target).OpenAsync(SessionUse.Write, CancellationToken.None).ConfigureAwait(false);
                await using (session.ConfigureAwait(false))
                {
                    await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, CancellationToken.None).ConfigureAwait(false);
                    await store.FinishAsync(session, run, report, CancellationToken.None).ConfigureAwait(false);
                    await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                    return report;
                }
            }
            catch (Exception exception) when (context.IsPassing(exception))
            {
                if (failures == StoreTries)
                {
                    ValidationLog.OutcomeLost(context.Logger, exception, context.Name, run);
                    return report.IsClean ? report with { State = ValidationState.Inconclusive, Detail = "its outcome could not be stored" } : report;
                }

                await Task.Delay(RetryDelay.After(failures), context.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}

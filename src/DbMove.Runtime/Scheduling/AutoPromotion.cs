using System.Globalization;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Telemetry;

namespace DbMove.Scheduling;

/// <summary>
/// Promotes when the gate has been open for a set time. The leader counts; should two believe that they lead, the expected
/// epoch lets one of them switch. Whatever is not a conclusive look at an open gate begins the time anew, with its reason visible.
/// </summary>
internal sealed class AutoPromotion(
    MigrationContext context, PromotionGate gate, PromotionObstacles obstacles, Func<string?> leader, Func<Stage, SwitchOptions?, CancellationToken, Task<SwitchResult>> switchTo)
{
    // A look may come late by another look's length; what is longer is a process that was frozen.
    private const int LongestGapInIntervals = 3;

    private readonly OpenTime _open = new(context.Time, LongestGapInIntervals * context.Options.AutoPromotion.Interval);
    private volatile Finding? _last;

    private AutoPromotionOptions Options => context.Options.AutoPromotion;

    /// <summary>The loop, where anybody asked for one.</summary>
    public IEnumerable<BackgroundWork> CreateWork() => Options.Steps.Count == 0 ? [] : [new BackgroundWork("promotion", context, context.Leadership.WhileLeading(RunAsync), Describe)];

    /// <summary>The auto-promotion out of a stage; null: nobody asked for it.</summary>
    public AutoPromotionStatus? StatusIn(StageSnapshot stage)
    {
        if (FindStep(stage.Stage) is not { } step)
        {
            return null;
        }

        Finding? last = _last is { } found && found.Stage.IsSameAssignment(stage) ? found : null;
        if (last is not { State: AutoPromotionState.Counting })
        {
            return new(step.To, last?.State ?? AutoPromotionState.Waiting, step.OpenFor, null, null, last?.Detail ?? DescribeUnseen());
        }

        TimeSpan open = context.Time.GetElapsedTime(last.Since);
        TimeSpan left = step.OpenFor > open ? step.OpenFor - open : TimeSpan.Zero;
        return new(step.To, last.State, step.OpenFor, open, context.Time.GetUtcNow() + left, $"the gate has been open for {InWords(open)} of {InWords(step.OpenFor)}");
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Options.Interval, context.Time);
        try
        {
            do
            {
                await LookAsync(cancellationToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            // Another process may lead now; it counts from the beginning, and so does this one should it lead again.
            Settle(null);
        }
    }

    /// <summary>Looks at the gate once, and promotes when the time is full.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        Finding? found = null;
        try
        {
            Moment began = _open.Now;
            StageSnapshot stage = await context.Stage.RefreshAsync(bothSides: true, cancellationToken).ConfigureAwait(false);
            if (FindStep(stage.Stage) is not { } step)
            {
                return;
            }

            found = await LookAsync(stage, step.To, began, cancellationToken).ConfigureAwait(false);
            if (found.State == AutoPromotionState.Counting && _open.UpTo(began) >= step.OpenFor)
            {
                found = await PromoteAsync(found, step, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is DbMoveException || context.FailureOf(exception) is not null)
        {
            SchedulingLog.PromotionLookFailed(context.Logger, exception, context.Name);
            found = Waiting(context.Stage.Last, "the last look at the gate failed; the log says why");
        }
        finally
        {
            // Also after an exception that nobody here knows: the loop's supervisor shows that one.
            Settle(found);
        }
    }

    private (Stage To, TimeSpan OpenFor)? FindStep(Stage stage) =>
        StageTransitions.Next(stage) is { } to && Options.Steps.TryGetValue(to, out TimeSpan openFor) ? (to, openFor) : null;

    private async Task<Finding> LookAsync(StageSnapshot stage, Stage to, Moment began, CancellationToken cancellationToken)
    {
        if (await obstacles.IsTakenBackAsync(stage, to, cancellationToken).ConfigureAwait(false))
        {
            return new(stage, AutoPromotionState.Held, 0, $"the migration was taken back from {to.ToWireName()}; promote by hand, auto-promotion does not take this step again before");
        }

        GateReport report = await gate.CheckAsync(stage, to, cancellationToken).ConfigureAwait(false);
        if (!report.IsOpen)
        {
            return Waiting(stage, "the gate is closed: " + string.Join("; ", report.Conditions.Where(condition => !condition.IsMet).Select(condition => $"{condition.Name}: {condition.Detail}")))!;
        }

        if (await obstacles.FindAsync(stage, cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            return Waiting(stage, obstacle)!;
        }

        Moment ended = _open.Now;
        string? broken = _open.Add(stage, began, ended);
        if (_open.Since is not { } since)
        {
            return Waiting(stage, broken!)!;
        }

        if (broken is not null)
        {
            SchedulingLog.PromotionWaits(context.Logger, context.Name, to.ToWireName(), broken);
        }

        return new(stage, AutoPromotionState.Counting, since, string.Join(", ", report.Conditions.Select(condition => condition.Name)));
    }

    /// <summary>
    /// Whatever was found, this process may have been frozen since: it looks for obstacles again, and the switch itself asks
    /// once more behind the fence, with epoch and gate. Whatever comes of it, the time is used up.
    /// </summary>
    private async Task<Finding?> PromoteAsync(Finding found, (Stage To, TimeSpan OpenFor) step, CancellationToken cancellationToken)
    {
        string reason = $"auto-promotion: the gate was open for {InWords(step.OpenFor)} ({found.Detail})";
        await context.Probes.ReachAsync(ProbePoint.PromotionDue, cancellationToken).ConfigureAwait(false);
        if ((_open.FindStale() ?? await obstacles.FindAsync(found.Stage, cancellationToken).ConfigureAwait(false)) is { } obstacle)
        {
            return Waiting(found.Stage, obstacle);
        }

        try
        {
            SwitchResult result = await switchTo(
                step.To,
                new SwitchOptions
                {
                    ExpectedEpoch = found.Stage.Epoch,
                    LastCondition = CheckLastAsync,
                    Reason = reason,
                    ChangedBy = $"auto-promotion, {new SwitchOptions().ChangedBy}, process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}",
                },
                cancellationToken).ConfigureAwait(false);
            SchedulingLog.Promoted(context.Logger, context.Name, step.To.ToWireName(), result.Epoch, reason);
            return null;
        }
        catch (DbMoveException exception)
        {
            if (exception is EpochMovedException || (context.Stage.Last is { } now && !now.IsSameAssignment(found.Stage)))
            {
                // Another process, or a person, was faster; the next look sees the stage that it is now.
                return null;
            }

            SchedulingLog.PromotionRefused(context.Logger, exception, context.Name, step.To.ToWireName());
            return Waiting(found.Stage, $"the switch to {step.To.ToWireName()} did not succeed, {(exception is GateClosedException ? "its gate has closed" : "it was abandoned")}; the log says why");
        }
    }

    private async Task<GateCondition> CheckLastAsync(StageSnapshot stage, SideSession authority, SideSession target, CancellationToken cancellationToken)
    {
        string? obstacle = _open.FindStale() ?? await obstacles.FindFencedAsync(stage, authority, target, cancellationToken).ConfigureAwait(false);
        return new("nothing_for_a_person", obstacle is null, obstacle ?? "no obstacle");
    }

    private static Finding? Waiting(StageSnapshot? stage, string detail) => stage is null ? null : new(stage, AutoPromotionState.Waiting, 0, detail);

    private void Settle(Finding? found)
    {
        Finding? before = _last;
        _last = found;
        if (found?.State != AutoPromotionState.Counting)
        {
            _open.Stop();
        }

        context.Metrics.PromotionSeen(found?.State == AutoPromotionState.Counting ? context.Time.GetElapsedTime(found.Since) : TimeSpan.Zero);
        if (found is null || FindStep(found.Stage.Stage) is not { } step)
        {
            return;
        }

        if (found.State == AutoPromotionState.Counting && before?.State != AutoPromotionState.Counting)
        {
            SchedulingLog.PromotionCounts(context.Logger, context.Name, step.To.ToWireName(), step.OpenFor);
        }
        else if (found.State != AutoPromotionState.Counting && before?.State != found.State)
        {
            SchedulingLog.PromotionWaits(context.Logger, context.Name, step.To.ToWireName(), found.Detail);
        }
    }

    private string DescribeUnseen() =>
        !context.Options.RunBackgroundWork ? "this process does not run the background work"
        : context.Leadership.IsLeading ? "no look at the gate has come to its end yet"
        : leader() is { } other ? $"the instance that leads counts: {other}" : "no instance leads";

    private string Describe() => context.Stage.Last is { } stage && StatusIn(stage) is { } status
        ? $"to {status.To.ToWireName()}: {status.Detail}"
        : "no auto-promotion out of this stage";

    private static string InWords(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} days"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s"),
    };

    /// <summary>What a look found.</summary>
    /// <param name="Stage">The stage it looked at.</param>
    /// <param name="State">Whether the time runs.</param>
    /// <param name="Since">Since when, a timestamp.</param>
    /// <param name="Detail">The gate's conditions while it runs, else why it does not.</param>
    private sealed record Finding(StageSnapshot Stage, AutoPromotionState State, long Since, string Detail);
}

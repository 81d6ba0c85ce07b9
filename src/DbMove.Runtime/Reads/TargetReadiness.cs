using DbMove.Control;
using DbMove.Scheduling;
using DbMove.Validation;

namespace DbMove.Reads;

/// <summary>
/// Whether the target's rows are known to be the source's, apart from those that intents stand for: the newest full validation
/// that has ended is clean and of this epoch, and no event is open. Before that, the target may lack rows, or hold some that
/// nobody has written. Looked at in the background; a read only asks what was found last.
/// </summary>
internal sealed class TargetReadiness(MigrationContext context, ReadSettings settings, ValidationRunner validation, IEventChannel events)
{
    // A look may be late by another one's length; what is older is of a process that was frozen, or whose looks fail to end.
    private const int LongestAgeInIntervals = 3;

    private volatile Finding? _last;

    public TargetRest Rest { get; } = new(context.Time);

    /// <summary>Whether the target may be read in this stage, as last looked at.</summary>
    public bool IsReady(StageSnapshot stage) =>
        _last is { Obstacle: null } found && found.Stage.IsSameAssignment(stage) && found.At.Age(context.Time) < LongestAgeInIntervals * context.Options.PollInterval;

    public string Describe() => settings.Target == 0 ? "all reads go to the authority"
        : context.Stage.Last is not { Stage: Stage.SourceFirst } stage ? "all reads go to the authority in this stage"
        : _last is not { } found || !found.Stage.IsSameAssignment(stage) ? "the target was not looked at yet, the source is read"
        : found.Obstacle is { } obstacle ? obstacle + ", the source is read"
        : !IsReady(stage) ? "the last look at the target is too old, the source is read"
        : Rest.IsFailing ? "the target failed a read and rests, the source is read"
        : $"the target is read for {settings.Target} % of keys";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(context.Options.PollInterval, context.Time);
        do
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Looks once; while the ramp is off, or has no business in the stage, at nothing.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        Moment at = Moment.Now(context.Time);
        if (settings.Target == 0 || context.Stage.Last is not { Stage: Stage.SourceFirst } stage)
        {
            _last = null;
            return;
        }

        using Deadline deadline = new(context.Options.FollowerTimeout, context.Time, cancellationToken);
        try
        {
            _last = new(stage, at, await FindObstacleAsync(stage, deadline.Token).ConfigureAwait(false));
        }
        catch (Exception exception) when (deadline.Explains(exception)
            || (!cancellationToken.IsCancellationRequested && (exception is EventChannelException || context.FailureOf(exception) is not null)))
        {
            if (_last is not { Failed: true })
            {
                ReadLog.LookFailed(context.Logger, exception, context.Name);
            }

            _last = new(stage, at, "the last look at the target failed; the log says why") { Failed = true };
        }
    }

    private async Task<string?> FindObstacleAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        ValidationGateFacts facts = await validation.ReadEndedFactsAsync(stage, cancellationToken).ConfigureAwait(false);
        if (!facts.IsClean(Stage.TargetFirst))
        {
            return facts.Describe(Stage.TargetFirst);
        }

        long open = await events.CountOpenAsync(cancellationToken).ConfigureAwait(false);
        return open == 0 ? null : $"{open} inconsistencies are not dealt with";
    }

    /// <summary>What a look found.</summary>
    /// <param name="Stage">The stage it looked at.</param>
    /// <param name="At">When it began.</param>
    /// <param name="Obstacle">Why the target must not be read; null: it may.</param>
    private sealed record Finding(StageSnapshot Stage, Moment At, string? Obstacle)
    {
        public bool Failed { get; init; }
    }
}

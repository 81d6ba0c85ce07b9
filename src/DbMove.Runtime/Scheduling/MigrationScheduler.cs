using DbMove.Control;
using DbMove.Dialects;
using DbMove.Fleet;
using DbMove.Pool;
using DbMove.Repair;
using DbMove.Telemetry;
using Microsoft.Extensions.Logging;

namespace DbMove.Scheduling;

/// <summary>Runs the background work of a migration between start and stop.</summary>
internal sealed class MigrationScheduler : IAsyncDisposable
{
    private readonly MigrationContext _context;
    private readonly IntentClearer _clearer;
    private readonly IntentCondition _intents;
    private readonly FleetMember _member;
    private readonly BackgroundWork _instances;
    private CancellationTokenSource? _stopping;
    private Task _running = Task.CompletedTask;

    public MigrationScheduler(MigrationContext context, IntentClearer clearer, IntentCondition intents, FleetMember member, IEnumerable<BackgroundWork> work)
    {
        _context = context;
        _clearer = clearer;
        _intents = intents;
        _member = member;
        _instances = new BackgroundWork("instances", context, member.RunAsync, () => member.Detail);
        Work =
        [
            new BackgroundWork("stage", context, PollAsync),
            new BackgroundWork("clear", context, clearer.RunAsync),
            _instances,
            .. work,
        ];
    }

    public IReadOnlyList<BackgroundWork> Work { get; }

    public void Start()
    {
        if (_stopping is not null)
        {
            return;
        }

        _stopping = new CancellationTokenSource();
        CancellationToken token = _stopping.Token;

        // Whoever may write gives signs of life, whatever else it runs.
        IEnumerable<BackgroundWork> running = _context.Options.RunBackgroundWork ? Work : [_instances];
        _running = Task.WhenAll(running.Select(work => Task.Run(() => work.RunAsync(token), CancellationToken.None)));
    }

    /// <summary>Ends the loops, clears the intents of writes that are done, and leaves the fleet.</summary>
    public async Task StopAsync()
    {
        if (_stopping is { } stopping)
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
            _stopping = null;
            stopping.Dispose();
        }

        await _clearer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await _member.LeaveAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        Outage outage = new();
        using PeriodicTimer timer = new(_context.Options.PollInterval / 2, _context.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                StageSnapshot stage = await _context.Stage.RefreshAsync(bothSides: _context.Stage.Last is not { Stage: Stage.Completed }, cancellationToken).ConfigureAwait(false);
                _context.Metrics.Seen(stage, stage.Stage.IsFenced() ? await _intents.SummarizeAsync(stage, cancellationToken).ConfigureAwait(false) : null);
                if (outage.HasEnded())
                {
                    SchedulingLog.PollGoesOn(_context.Logger, _context.Name);
                }
            }
            catch (Exception exception) when (exception is StageUnknownException || _context.FailureOf(exception) is FailureKind.Availability or FailureKind.Transient)
            {
                LogLevel level = outage.Failed();
                SchedulingLog.PollFailed(_context.Logger, level, exception, _context.Name);
            }
        }
    }
}

using DbMove.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace DbMove.Pool;

/// <summary>
/// The circuit breaker of one side as a follower. Polly samples the share of failures; what a share finds too late is counted
/// here: failures in a row, and silence. It is closed again by a probe of its own, so that no write pays for finding out.
/// </summary>
internal sealed class FollowerBreaker : IAsyncDisposable
{
    private readonly string _migration;
    private readonly BreakerOptions _options;
    private readonly TimeSpan _timeout;
    private readonly bool _isStrict;
    private readonly TimeProvider _time;
    private readonly MigrationMetrics _metrics;
    private readonly ILogger _logger;
    private readonly CircuitBreakerManualControl _control = new();
    private readonly CircuitBreakerStateProvider _sampled = new();
    private readonly ResiliencePipeline<bool> _sampling;
    private readonly Lock _turning = new();
    private CancellationTokenSource _stopping = new();
    private Task _probing = Task.CompletedTask;
    private volatile BreakerState _state;
    private volatile Exception? _why;
    private bool _isDisposed;
    private int _inARow;
    private long _answeredAt = long.MinValue;
    private long _openedAt;

    public FollowerBreaker(string migration, Side side, MigrationOptions options, TimeProvider time, MigrationMetrics metrics, ILogger logger)
    {
        _migration = migration;
        Side = side;
        _options = options.Breaker;
        _timeout = options.FollowerTimeout;
        _isStrict = options.FollowerFailure == FollowerFailure.FailWrite;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        Lane = new FollowerLane(_options.MaximumWriters, _isStrict ? _timeout : _timeout / 20, _isStrict, time);
        TimeSpan sampling = _options.SamplingDuration > _timeout * 2 ? _options.SamplingDuration : _timeout * 2;
        _sampling = new ResiliencePipelineBuilder<bool> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<bool>
            {
                FailureRatio = _options.FailureRatio,
                MinimumThroughput = _options.MinimumThroughput,
                SamplingDuration = sampling,

                // It never half-opens by itself: then some write would be the probe.
                BreakDuration = TimeSpan.FromDays(1),
                ShouldHandle = static arguments => ValueTask.FromResult(!arguments.Outcome.Result),
                ManualControl = _control,
                StateProvider = _sampled,
            })
            .Build();
    }

    public Side Side { get; }

    public BreakerState State => _state;

    /// <summary>Whether writes may go to the follower.</summary>
    public bool IsClosed => _state == BreakerState.Closed;

    /// <summary>Why it was opened; null when it never was.</summary>
    public Exception? Why => _why;

    /// <summary>For how long it has been open.</summary>
    public TimeSpan OpenFor => _time.GetElapsedTime(Volatile.Read(ref _openedAt));

    /// <summary>The places at the follower.</summary>
    public FollowerLane Lane { get; }

    /// <summary>What the last write without an answer wanted to write there.</summary>
    public EntityChanges[]? Unanswered { get; private set; }

    /// <summary>Asks the follower, bounded in time; null: it answered, else why not.</summary>
    public Func<FollowerBreaker, CancellationToken, Task<Exception?>> Probe { get; set; } = static (_, _) => Task.FromResult<Exception?>(null);

    /// <summary>What is done when it has closed.</summary>
    public Action Closed { get; set; } = static () => { };

    /// <summary>The follower has answered a write, whatever it said.</summary>
    public async ValueTask AnsweredAsync()
    {
        Volatile.Write(ref _inARow, 0);
        Volatile.Write(ref _answeredAt, _time.GetTimestamp());
        if (IsClosed)
        {
            await SampleAsync(isAnswered: true).ConfigureAwait(false);
        }
    }

    /// <summary>The follower was out of reach or did not answer.</summary>
    /// <param name="why">The failure.</param>
    /// <param name="since">When the write turned to the follower.</param>
    /// <param name="changes">What it wanted to write there.</param>
    public async ValueTask FailedAsync(Exception why, long since, EntityChanges[] changes)
    {
        if (!IsClosed)
        {
            return;
        }

        // In strict mode an open breaker fails writes, so one slow answer is not enough.
        bool isSilent = !_isStrict && _time.GetElapsedTime(since) >= _timeout / 2 && Volatile.Read(ref _answeredAt) <= since;
        bool isRow = Interlocked.Increment(ref _inARow) >= _options.FailuresInARow;
        if (isSilent | isRow | await SampleAsync(isAnswered: false).ConfigureAwait(false))
        {
            Open(why, changes);
        }
    }

    /// <summary>Ends probing and closes without a word: the migration ends, or is started anew.</summary>
    public async Task ResetAsync()
    {
        Task probing;
        lock (_turning)
        {
            _stopping.Cancel();
            probing = _probing;
        }

        await probing.ConfigureAwait(false);
        await _control.CloseAsync(CancellationToken.None).ConfigureAwait(false);
        lock (_turning)
        {
            _stopping.Dispose();
            _stopping = new CancellationTokenSource();
            Turn(BreakerState.Closed);
            Unanswered = null;
            _inARow = 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_turning)
        {
            _isDisposed = true;
        }

        await ResetAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Counts one write. True: the share of failures is too large.</summary>
    private async ValueTask<bool> SampleAsync(bool isAnswered)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false);
        try
        {
            await _sampling.ExecuteOutcomeAsync(static (_, answered) => Outcome.FromResultAsValueTask(answered), context, isAnswered).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        return !isAnswered && _sampled.CircuitState != CircuitState.Closed;
    }

    private void Open(Exception why, EntityChanges[] changes)
    {
        lock (_turning)
        {
            if (_isDisposed || _state != BreakerState.Closed)
            {
                return;
            }

            (_why, Unanswered) = (why, changes);
            Volatile.Write(ref _openedAt, _time.GetTimestamp());
            Turn(BreakerState.Open);

            // What the writer carries along (its activity, its request) is no business of the probes.
            using (ExecutionContext.SuppressFlow())
            {
                _probing = ProbeUntilAnsweredAsync(_stopping.Token);
            }
        }

        PoolLog.BreakerOpened(_logger, why, _migration, Side.ToWireName(), _options.BreakDuration);
    }

    private async Task ProbeUntilAnsweredAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(_options.BreakDuration, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            Turn(BreakerState.HalfOpen);
            if (await ProbeAsync(cancellationToken).ConfigureAwait(false) is not { } failure)
            {
                break;
            }

            Turn(BreakerState.Open);
            _why = failure;
            PoolLog.ProbeFailed(_logger, failure, _migration, Side.ToWireName());
        }

        await _control.CloseAsync(CancellationToken.None).ConfigureAwait(false);
        lock (_turning)
        {
            Unanswered = null;
            _inARow = 0;
            Volatile.Write(ref _answeredAt, _time.GetTimestamp());
            Turn(BreakerState.Closed);
        }

        PoolLog.BreakerClosed(_logger, _migration, Side.ToWireName(), OpenFor);
        Closed();
    }

    private async Task<Exception?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Probe(this, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nobody else looks after the probes: whatever ended this one, the next must come.
            return exception;
        }
    }

    private void Turn(BreakerState state)
    {
        _state = state;
        _metrics.BreakerSeen(Side, state);
    }
}

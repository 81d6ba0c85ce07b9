using DbMove.Pool;
using DbMove.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Pool;

/// <summary>A breaker by a clock that stands still, and a follower that answers its probes or not.</summary>
internal sealed class BreakerRun : IAsyncDisposable
{
    private readonly MigrationMetrics _metrics = new("breaker");
    private TaskCompletionSource _probed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Exception?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BreakerRun(Action<MigrationOptions>? configure = null)
    {
        MigrationOptions options = new();
        configure?.Invoke(options);
        Options = options;
        Breaker = new FollowerBreaker("breaker", Side.Target, options, Time, _metrics, NullLogger.Instance)
        {
            Probe = ProbeAsync,
            Closed = () => Closings++,
        };
    }

    public static Exception Away { get; } = new TimeoutException("away");

    public FakeTimeProvider Time { get; } = new();

    public MigrationOptions Options { get; }

    public FollowerBreaker Breaker { get; }

    public int Probes { get; private set; }

    public int Closings { get; private set; }

    public int Metric => _metrics.Breaker;

    /// <summary>A write that fails at once.</summary>
    public async Task FailAsync(int times = 1)
    {
        for (; times > 0; times--)
        {
            await Breaker.FailedAsync(Away, Time.GetTimestamp(), []);
        }
    }

    /// <summary>A write that waits for its whole time-out in vain.</summary>
    public async Task WaitInVainAsync()
    {
        long since = Time.GetTimestamp();
        Time.Advance(Options.FollowerTimeout);
        await Breaker.FailedAsync(Away, since, []);
    }

    public async Task AnswerAsync(int times = 1)
    {
        for (; times > 0; times--)
        {
            await Breaker.AnsweredAsync();
        }
    }

    /// <summary>Lets the break pass; returns when a probe has begun.</summary>
    public async Task BeginProbeAsync()
    {
        Time.Advance(Options.Breaker.BreakDuration);
        await _probed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Ends the probe that has begun, and returns when the breaker has heard of it.</summary>
    public async Task EndProbeAsync(Exception? failure)
    {
        TaskCompletionSource<Exception?> answer = _answer;
        (_probed, _answer) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        answer.SetResult(failure);
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(30));
        while (Breaker.State == BreakerState.HalfOpen || (failure is null && Closings == 0))
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _answer.TrySetResult(null);
        await Breaker.DisposeAsync();
        _metrics.Dispose();
    }

    private Task<Exception?> ProbeAsync(FollowerBreaker breaker, CancellationToken cancellationToken)
    {
        Probes++;
        _probed.TrySetResult();
        return _answer.Task.WaitAsync(cancellationToken);
    }
}

namespace DbMove.Telemetry;

/// <summary>
/// Where a test listens at the points of <see cref="ProbePoint"/>, so that a race is forced and never hoped for. Free while
/// nobody listens: a null check, no allocation, and nothing to wait for.
/// </summary>
internal sealed class ProbePoints
{
    private volatile Func<string, CancellationToken, ValueTask>? _handler;

    /// <summary>What runs at each point; null in production.</summary>
    public Func<string, CancellationToken, ValueTask>? Handler
    {
        get => _handler;
        set => _handler = value;
    }

    /// <summary>Passes a point.</summary>
    /// <param name="point">One of <see cref="ProbePoint"/>.</param>
    /// <param name="cancellationToken">Cancels what listens there.</param>
    public ValueTask ReachAsync(string point, CancellationToken cancellationToken) =>
        _handler is { } handler ? handler(point, cancellationToken) : default;
}

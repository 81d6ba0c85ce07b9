namespace DbMove.Telemetry;

/// <summary>
/// Named points at which a test may hold an engine, so that a race is forced and never hoped for. Costs a null check
/// while no handler is set.
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

    /// <summary>Passes a point, such as <c>backfill.before_commit</c>.</summary>
    public ValueTask ReachAsync(string point, CancellationToken cancellationToken) =>
        _handler is { } handler ? handler(point, cancellationToken) : default;
}

using Microsoft.Extensions.Logging;

namespace DbMove.Telemetry;

/// <summary>
/// Tells the first failure of an outage and the success that ends it from all those between, so that what is tried again and
/// again stands in the log twice and not once a second.
/// </summary>
internal sealed class Outage
{
    private int _isOn;

    /// <summary>A failure.</summary>
    /// <returns>How loud to log it: the first as a warning, the others for whoever looks closer.</returns>
    public LogLevel Failed() => Interlocked.Exchange(ref _isOn, 1) == 0 ? LogLevel.Warning : LogLevel.Debug;

    /// <summary>A success.</summary>
    /// <returns>Whether it ended an outage.</returns>
    public bool HasEnded() => Volatile.Read(ref _isOn) == 1 && Interlocked.Exchange(ref _isOn, 0) == 1;
}

namespace DbMove.Protocol.Tests.Setup;

/// <summary>The clocks of a machine that was suspended: the time on the wall jumps, and the timestamps know nothing of it.</summary>
internal sealed class SuspendedTime : TimeProvider
{
    /// <summary>For how long it was, up to now.</summary>
    public TimeSpan Asleep { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Asleep;
}

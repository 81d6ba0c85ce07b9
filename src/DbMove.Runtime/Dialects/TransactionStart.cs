using System.Data;

namespace DbMove.Dialects;

/// <summary>How a session's transaction begins. Time-outs are set for the transaction, never for the session.</summary>
public sealed record TransactionStart
{
    /// <summary>The fence, and how it is taken.</summary>
    public FenceMode Fence { get; init; }

    /// <summary>Isolation on the authority. Every other transaction of DbMove is read committed.</summary>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.ReadCommitted;

    /// <summary>How long a statement waits for the fence or a lock before it fails as <see cref="FailureKind.Availability"/>.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server lets the transaction idle before it ends it. Exceeds the follower's whole budget.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);
}

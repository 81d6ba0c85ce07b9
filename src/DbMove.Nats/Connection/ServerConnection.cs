namespace DbMove.Nats.Connection;

/// <summary>Leads to the server: a session while there is a connection, a reason while there is none.</summary>
internal abstract class ServerConnection : IAsyncDisposable
{
    /// <summary>The session; waits for a try to connect that is under way, and for no more than one.</summary>
    /// <exception cref="EventChannelException">There is no connection, with the reason.</exception>
    public abstract Task<NatsSession> GetAsync(CancellationToken cancellationToken);

    /// <summary>How it is, at once. Null: there is a connection.</summary>
    public abstract string? Defect { get; }

    /// <summary>Makes the connection of a session again, where it is DbMove's own.</summary>
    public abstract void Renew(NatsSession session);

    /// <summary>The servers, for messages.</summary>
    public abstract string Where { get; }

    public abstract ValueTask DisposeAsync();
}

using NATS.Client.Core;

namespace DbMove.Nats.Connection;

/// <summary>A connection of the application, which reconnects by itself and is not disposed.</summary>
internal sealed class SuppliedConnection : ServerConnection
{
    private readonly INatsConnection _connection;
    private readonly NatsOptions _options;
    private readonly Lock _lock = new();
    private NatsSession? _session;

    public SuppliedConnection(INatsConnection connection, NatsOptions options)
    {
        (_connection, _options) = (connection, options);
        Where = ServerAddress.TryParse(connection.Opts.Url, out ServerAddress? address, out _) ? address.Where : "the address of the application's connection";
        connection.ConnectionDisconnected += OnDisconnected;
        connection.ServerError += OnError;
    }

    public override string Where { get; }

    public override string? Defect => _connection.ConnectionState switch
    {
        NatsConnectionState.Open => null,
        NatsConnectionState.Closed => "The application's connection has not been opened yet.",
        NatsConnectionState.Failed => $"The application's connection to the NATS server at {Where} has given up. Open another one and start the migration with it; IgnoreAuthErrorAbort and MaxReconnectRetry = -1 keep a connection from giving up.",
        _ => $"The application's connection to the NATS server at {Where} is lost, and the client tries to make it again.",
    };

    public override async Task<NatsSession> GetAsync(CancellationToken cancellationToken)
    {
        if (_connection.ConnectionState is NatsConnectionState.Closed or NatsConnectionState.Connecting)
        {
            try
            {
                await _connection.ConnectAsync().AsTask().WithinAsync(_options.ConnectTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ConnectionFailure.Explains(exception))
            {
                throw new EventChannelException(ConnectionFailure.DescribeSupplied(Where, exception), exception);
            }
        }

        lock (_lock)
        {
            return Defect is { } defect ? throw new EventChannelException(defect)
                : _session ??= new NatsSession(_connection, Where, _options.RequestTimeout);
        }
    }

    public override void Renew(NatsSession session)
    {
        // The application's own, for whatever else it does.
    }

    public override ValueTask DisposeAsync()
    {
        _connection.ConnectionDisconnected -= OnDisconnected;
        _connection.ServerError -= OnError;
        Lose();
        return ValueTask.CompletedTask;
    }

    private ValueTask OnDisconnected(object? sender, NatsEventArgs arguments)
    {
        Lose();
        return ValueTask.CompletedTask;
    }

    private ValueTask OnError(object? sender, NatsServerErrorEventArgs arguments)
    {
        lock (_lock)
        {
            _session?.Hear(arguments.Error);
        }

        return ValueTask.CompletedTask;
    }

    private void Lose()
    {
        lock (_lock)
        {
            _session?.Lose();
            _session = null;
        }
    }
}

using DbMove.Events;
using NATS.Client.Core;

namespace DbMove.Nats.Connection;

/// <summary>
/// Connects in the background from the first call on, again for ever, and anew instead of by the client's own reconnecting:
/// so the reason of every failure is known, and a login that was refused is tried again.
/// </summary>
internal sealed class OwnedConnection(ServerAddress address, Login? login, NatsOptions options, EventBrokerSetup setup) : ServerConnection
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _attempt = NewAttempt();
    private NatsSession? _session;
    private EventChannelException? _failure;
    private Task? _loop;

    public override string Where => address.Where;

    public override string? Defect
    {
        get
        {
            lock (_lock)
            {
                return _session is not null ? null : _failure?.Message ?? $"The connection to the NATS server at {Where} is being made.";
            }
        }
    }

    public override async Task<NatsSession> GetAsync(CancellationToken cancellationToken)
    {
        Task attempt;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, typeof(NatsEventBroker));
            if (_loop is null or { IsCompleted: true })
            {
                _loop = Task.Run(ConnectAsync, CancellationToken.None);
            }

            if (_session is { } open)
            {
                return open;
            }

            attempt = _attempt.Task;
        }

        await attempt.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            // A new exception for each caller: one that is thrown twice loses its first stack.
            return _session ?? throw new EventChannelException(
                _failure?.Message ?? $"The connection to the NATS server at {Where} was lost. It is made again.", _failure?.InnerException);
        }
    }

    public override void Renew(NatsSession session)
    {
        // At once, so that nobody is given the old one any more.
        Forget(session);
        session.Lose();
    }

    public override async ValueTask DisposeAsync()
    {
        Task? loop;
        lock (_lock)
        {
            loop = _loop;
            _session?.Lose();
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        if (loop is not null)
        {
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource NewAttempt() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task CloseAsync(NatsConnection connection)
    {
        try
        {
            await connection.DisposeAsync().AsTask().WithinAsync(TimeSpan.FromSeconds(2), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (ConnectionFailure.Explains(exception))
        {
            // It is of no use any more, however it ends.
        }
    }

    private async Task ConnectAsync()
    {
        int failures = 0;
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                failures = await ConnectOnceAsync(failures).ConfigureAwait(false);
            }
        }
        finally
        {
            // Nobody waits for a try that is never made.
            _attempt.TrySetResult();
        }
    }

    /// <summary>Connects and stays until the connection is lost; returns how many tries have failed in a row.</summary>
    private async Task<int> ConnectOnceAsync(int failures)
    {
        ErrorCapture log = new();
        NatsConnection connection = new(ClientOptions(log));
        NatsSession session = new(connection, Where, options.RequestTimeout);
        try
        {
            connection.ConnectionDisconnected += (_, _) =>
            {
                session.Lose();
                return ValueTask.CompletedTask;
            };

            connection.ServerError += (_, arguments) =>
            {
                session.Hear(arguments.Error);
                return ValueTask.CompletedTask;
            };

            // Each step has its own limit in the client, except the last: a server that takes the login and does not answer.
            await connection.ConnectAsync().AsTask().WithinAsync(options.ConnectTimeout * (address.Count + 2), _stop.Token).ConfigureAwait(false);
            long began = setup.Time.GetTimestamp();
            Begin(session);
            await session.Ended.WaitAsync(_stop.Token).ConfigureAwait(false);
            Forget(session);
            NatsLog.Lost(setup.Logger, setup.Migration, Where);

            // One that lets clients in and throws them out again must not be stormed.
            failures = setup.Time.GetElapsedTime(began) < s_shortest ? failures + 1 : 0;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return failures;
        }
        catch (Exception exception) when (ConnectionFailure.Explains(exception))
        {
            failures++;
            Fail(ConnectionFailure.Describe(Where, login, exception, log.Last), exception);
        }
        finally
        {
            session.Lose();
            await CloseAsync(connection).ConfigureAwait(false);
        }

        if (failures > 0)
        {
            await Task.Delay(DelayAfter(failures), setup.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return failures;
    }

    private NatsOpts ClientOptions(ErrorCapture log) => new()
    {
        Url = address.Url,
        Name = $"DbMove {setup.Migration}",
        AuthOpts = login?.ClientOptions ?? NatsAuthOpts.Default,
        TlsOpts = new NatsTlsOpts { CaFile = options.CaFile, CertFile = options.CertificateFile, KeyFile = options.KeyFile, KeyFilePassword = options.KeyFilePassword },
        ConnectTimeout = options.ConnectTimeout,
        RequestTimeout = options.RequestTimeout,
        CommandTimeout = options.RequestTimeout,
        LoggerFactory = log,

        // A server that freezes is noticed by them.
        PingInterval = TimeSpan.FromSeconds(5),
        MaxPingOut = 2,
    };

    private TimeSpan DelayAfter(int failures)
    {
        TimeSpan delay = s_firstDelay * Math.Pow(2, Math.Min(failures - 1, 16));
        return (delay < options.MaximumReconnectDelay ? delay : options.MaximumReconnectDelay) * (0.75 + (Random.Shared.NextDouble() / 4));
    }

    private void Begin(NatsSession session)
    {
        lock (_lock)
        {
            (_session, _failure) = (session, null);
            _attempt.TrySetResult();
        }

        NatsLog.Connected(setup.Logger, setup.Migration, Where);
    }

    private void Forget(NatsSession session)
    {
        lock (_lock)
        {
            if (_session == session)
            {
                _session = null;
                _attempt = NewAttempt();
            }
        }
    }

    private void Fail(string message, Exception exception)
    {
        bool isNew;
        lock (_lock)
        {
            isNew = _failure?.Message != message;
            _failure = new EventChannelException(message, exception);
            _attempt.TrySetResult();
        }

        if (isNew)
        {
            NatsLog.Unreachable(setup.Logger, setup.Migration, message);
        }
    }
}

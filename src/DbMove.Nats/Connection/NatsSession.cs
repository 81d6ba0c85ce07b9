using System.Diagnostics.CodeAnalysis;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace DbMove.Nats.Connection;

/// <summary>
/// One connection from when it is open until it is lost; a new connection is a new session. Every request ends in bounded
/// time, and at once when the connection is lost. All that goes wrong is an <see cref="EventChannelException"/>.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The source has no timer, and requests look at it until the last of them has ended.")]
internal sealed class NatsSession(INatsConnection connection, string where, TimeSpan requestTimeout)
{
    private static readonly NatsRawSerializer<byte[]> s_bytes = NatsRawSerializer<byte[]>.Default;
    private readonly CancellationTokenSource _lost = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NatsJSContext _jetStream = new(connection);
    private volatile bool _isRestricted;

    /// <summary>Ends when the connection is lost.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The servers, for messages.</summary>
    public string Where => where;

    /// <summary>The largest message that the server takes, headers included, in bytes.</summary>
    public long MaximumPayload => connection.ServerInfo?.MaxPayload ?? 1024 * 1024;

    /// <summary>The server has told that the login lacks a permission: silence may be its own fault.</summary>
    public bool IsRestricted => _isRestricted;

    /// <summary>What the subjects of JetStream's own requests begin with.</summary>
    public string ApiPrefix => _jetStream.Opts.Prefix;

    /// <summary>The connection is lost: ends all requests.</summary>
    public void Lose()
    {
        _lost.Cancel();
        _ended.TrySetResult();
    }

    /// <summary>The server has told of an error that belongs to no request.</summary>
    public void Hear(string error) => _isRestricted |= error.Contains("Permissions Violation", StringComparison.OrdinalIgnoreCase);

    /// <summary>Asks and waits for one answer.</summary>
    /// <exception cref="EventChannelException">The connection is lost.</exception>
    public Task<Reply> RequestAsync(string subject, byte[] body, NatsHeaders? headers, TimeSpan timeout, CancellationToken cancellationToken) => AskAsync(
        async token =>
        {
            NatsMsg<byte[]> message = await connection.RequestAsync(
                subject, body, headers, s_bytes, s_bytes, replyOpts: new NatsSubOpts { Timeout = timeout, ThrowIfNoResponders = false }, cancellationToken: token).ConfigureAwait(false);
            return message;
        },
        timeout,
        cancellationToken);

    /// <summary>Asks for a message of a stream and waits for it or for a status.</summary>
    /// <exception cref="EventChannelException">The connection is lost.</exception>
    public Task<Reply> PullAsync(string subject, byte[] body, TimeSpan timeout, CancellationToken cancellationToken) => AskAsync(
        async token =>
        {
            // A message of a stream keeps its own subject on the way, so it does not find the inbox that requests share.
            string inbox = _jetStream.NewBaseInbox();
            NatsSubOpts one = new() { MaxMsgs = 1, Timeout = timeout };
            INatsSub<byte[]> subscription = await connection.SubscribeCoreAsync(inbox, null, s_bytes, one, token).ConfigureAwait(false);
            await using (subscription.ConfigureAwait(false))
            {
                await connection.PublishAsync(subject, body, null, inbox, s_bytes, null, token).ConfigureAwait(false);
                return await subscription.Msgs.WaitToReadAsync(token).ConfigureAwait(false) && subscription.Msgs.TryRead(out NatsMsg<byte[]> message) ? message : null;
            }
        },
        timeout,
        cancellationToken);

    /// <summary>Calls a function of JetStream. What the server refuses is passed on as the client's exception with its code.</summary>
    /// <param name="what">What is done, for messages: <c>to …</c>.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="NatsJSApiException">The server refused.</exception>
    /// <exception cref="EventChannelException">The connection is lost, there is no answer, or JetStream is not enabled.</exception>
    public async Task<T> CallAsync<T>(string what, Func<NatsJSContext, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lost.Token);
        limit.CancelAfter(requestTimeout);
        try
        {
            return await call(_jetStream, limit.Token).ConfigureAwait(false);
        }
        catch (NatsJSApiException refused) when (refused.Error.ErrCode is ApiErrors.NotEnabled or ApiErrors.NotEnabledForAccount)
        {
            throw NotEnabled(what, refused);
        }
        catch (Exception exception) when (IsOfClient(exception) && exception is not NatsJSApiException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfLost(exception);
            throw exception switch
            {
                NatsNoRespondersException => NotEnabled(what, exception),
                NatsJSApiNoResponseException or NatsNoReplyException or NatsTimeoutException or TimeoutException or OperationCanceledException =>
                    new EventChannelException($"The NATS server at {where} did not answer within {requestTimeout} when it was asked {what}. Check it, the network, and that the login has permission for JetStream's subjects; it is asked again.", exception),
                _ => new EventChannelException($"The NATS server at {where} could not be asked {what}: {exception.Message}", exception),
            };
        }
    }

    private async Task<Reply> AskAsync(Func<CancellationToken, Task<NatsMsg<byte[]>?>> ask, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lost.Token);

        // The client measures its time-out from when the request is written, which a frozen server can hold up.
        limit.CancelAfter(timeout + TimeSpan.FromSeconds(1));
        try
        {
            NatsMsg<byte[]>? message = await ask(limit.Token).ConfigureAwait(false);
            return message is not { } answer ? Silence()
                : new Reply(answer.HasNoResponders ? ReplyKind.NobodyThere : ReplyKind.Answered, answer);
        }
        catch (Exception exception) when (IsOfClient(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfLost(exception);
            return exception switch
            {
                NatsNoRespondersException => new Reply(ReplyKind.NobodyThere, default),
                NatsNoReplyException or NatsTimeoutException or TimeoutException or OperationCanceledException => Silence(),
                _ => throw new EventChannelException($"The NATS server at {where} could not be asked: {exception.Message}", exception),
            };
        }
    }

    private Reply Silence()
    {
        ThrowIfLost(null);
        return new Reply(ReplyKind.TimedOut, default);
    }

    private static bool IsOfClient(Exception exception) => exception is NatsException or TimeoutException or OperationCanceledException or IOException or ObjectDisposedException or System.Net.Sockets.SocketException;

    private EventChannelException NotEnabled(string what, Exception exception) =>
        new($"The NATS server at {where} has no JetStream for this account, and was asked {what}. Start it with JetStream (nats-server -js), or enable it for the account.", exception);

    private void ThrowIfLost(Exception? exception)
    {
        if (_lost.IsCancellationRequested || exception is ObjectDisposedException)
        {
            throw new EventChannelException($"The connection to the NATS server at {where} was lost during a request. It is made again.", exception);
        }
    }
}

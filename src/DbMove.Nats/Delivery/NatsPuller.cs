using System.Globalization;
using System.Text;
using DbMove.Nats.Connection;
using DbMove.Nats.Streams;
using NATS.Client.Core;

namespace DbMove.Nats.Delivery;

/// <summary>
/// Pulls one message at a time, so that none lies here while another consumer is free. Each pull is one request with exactly one
/// answer, a message or a status.
/// </summary>
internal sealed class NatsPuller(StreamPlan plan, Func<StreamState, string, Task> handBack)
{
    // The server answers when the time is up; this is for the answer's way.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private int _outstanding;
    private TaskCompletionSource? _idle;

    /// <summary>
    /// Pulls. A message that arrives after the caller has left is handed back at once: the pull itself cannot be taken back.
    /// </summary>
    public async Task<(PullOutcome Outcome, NatsMsg<byte[]> Message)> PullAsync(StreamState state, TimeSpan wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<(PullOutcome Outcome, NatsMsg<byte[]> Message)> pull = RequestAsync(state, wait);
        try
        {
            return await pull.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _ = AbandonAsync(state, pull);
            throw;
        }
    }

    /// <summary>Waits until what arrived late has been handed back, for a bounded time.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Volatile.Read(ref _outstanding) > 0)
        {
            await _idle.Task.WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AbandonAsync(StreamState state, Task<(PullOutcome Outcome, NatsMsg<byte[]> Message)> pull)
    {
        Interlocked.Increment(ref _outstanding);
        try
        {
            (PullOutcome outcome, NatsMsg<byte[]> message) = await pull.ConfigureAwait(false);
            if (outcome == PullOutcome.Message)
            {
                await handBack(state, message.ReplyTo!).ConfigureAwait(false);
            }
        }
        catch (EventChannelException)
        {
            // The connection is gone, and with it the pull.
        }
        finally
        {
            if (Interlocked.Decrement(ref _outstanding) == 0)
            {
                _idle?.TrySetResult();
            }
        }
    }

    private async Task<(PullOutcome Outcome, NatsMsg<byte[]> Message)> RequestAsync(StreamState state, TimeSpan wait)
    {
        string asked = wait <= TimeSpan.Zero
            ? """{"batch":1,"no_wait":true}"""
            : string.Create(CultureInfo.InvariantCulture, $$"""{"batch":1,"expires":{{(long)(wait.TotalMilliseconds * 1_000_000)}}}""");
        Reply reply = await state.Session.PullAsync(
            $"{state.Session.ApiPrefix}.CONSUMER.MSG.NEXT.{plan.Stream}.{plan.Consumer}", Encoding.ASCII.GetBytes(asked), wait + s_grace, CancellationToken.None).ConfigureAwait(false);
        PullOutcome outcome = reply.Kind switch
        {
            ReplyKind.NobodyThere => PullOutcome.Missing,
            ReplyKind.TimedOut => PullOutcome.Silence,

            // A message that somebody else published may have any headers, but its reply subject is the consumer's.
            _ when reply.Message.ReplyTo is { Length: > 0 } => PullOutcome.Message,
            _ => reply.Message.Headers switch
            {
                { Code: 404 or 408 } => PullOutcome.Nothing,
                { Code: 409, MessageText: { } text } when text.Contains("Deleted", StringComparison.OrdinalIgnoreCase) => PullOutcome.Missing,
                _ => PullOutcome.Refused,
            },
        };
        return (outcome, reply.Message);
    }
}

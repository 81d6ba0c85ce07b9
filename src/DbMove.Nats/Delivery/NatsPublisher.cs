using System.Text;
using System.Text.Json;
using DbMove.Events;
using DbMove.Nats.Connection;
using DbMove.Nats.Messages;
using DbMove.Nats.Streams;
using NATS.Client.Core;

namespace DbMove.Nats.Delivery;

/// <summary>Publishes one batch: a bounded number of messages under way, the server's answer to each.</summary>
internal sealed class NatsPublisher(StreamState state, StreamPlan plan, EventSubjects subjects, NatsOptions options)
{
    private readonly NatsSession _session = state.Session;
    private volatile bool _isStalled;
    private volatile bool _isStreamMissing;
    private volatile string? _reason;
    private EventChannelException? _lost;

    /// <summary>Nobody was there to take a message: the stream is missing.</summary>
    public bool IsStreamMissing => _isStreamMissing;

    /// <summary>Why messages were not taken; null: all were.</summary>
    public string? Reason => _reason;

    /// <summary>The connection was lost meanwhile.</summary>
    public EventChannelException? Lost => _lost;

    /// <summary>Publishes those messages whose outcome is not <see cref="PublishOutcome.Accepted"/> or <see cref="PublishOutcome.TooLarge"/> yet.</summary>
    public Task RunAsync(IReadOnlyList<BrokerMessage> messages, PublishOutcome[] outcomes, CancellationToken cancellationToken)
    {
        int[] open = [.. Enumerable.Range(0, messages.Count).Where(index => outcomes[index] == PublishOutcome.Failed)];
        ParallelOptions bound = new() { MaxDegreeOfParallelism = options.MaximumPublishesInFlight, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(open, bound, async (index, token) => outcomes[index] = await PublishAsync(messages[index], token).ConfigureAwait(false));
    }

    private async ValueTask<PublishOutcome> PublishAsync(BrokerMessage message, CancellationToken cancellationToken)
    {
        // One that gets no answer stands for all behind it: a batch must not take its size times the time-out.
        if (_isStalled)
        {
            return PublishOutcome.Failed;
        }

        byte[] body = EventCodec.Write(message.Event);
        NatsHeaders headers = new() { ["Nats-Msg-Id"] = message.MessageId, ["Nats-Expected-Stream"] = plan.Stream };
        if (headers.GetBytesLength(Encoding.ASCII) + body.Length > _session.MaximumPayload)
        {
            return PublishOutcome.TooLarge;
        }

        try
        {
            Reply reply = await _session.RequestAsync(subjects.Of(message.Event.Entity), body, headers, options.PublishTimeout, cancellationToken).ConfigureAwait(false);
            return reply.Kind switch
            {
                ReplyKind.Answered => Judge(reply.Message.Data),
                ReplyKind.NobodyThere => Miss(),
                _ => Stall($"the NATS server at {_session.Where} did not answer within {options.PublishTimeout}"),
            };
        }
        catch (EventChannelException lost)
        {
            _lost = lost;
            return Stall(lost.Message);
        }
    }

    private PublishOutcome Judge(byte[]? answer)
    {
        PublishAnswer? read;
        try
        {
            read = answer is null ? null : JsonSerializer.Deserialize(answer, WireContext.Default.PublishAnswer);
        }
        catch (JsonException)
        {
            read = null;
        }

        return read switch
        {
            { Error: null, Stream: not null } => PublishOutcome.Accepted,
            { Error.ErrCode: ApiErrors.MessageTooLarge } => PublishOutcome.TooLarge,
            { Error.ErrCode: ApiErrors.StreamIsAnother } => Miss(),
            { Error: { } error } => Fail($"the NATS server at {_session.Where} refused it: {error.Description} (code {error.ErrCode})"),
            _ => Fail($"the NATS server at {_session.Where} gave an answer that is none"),
        };
    }

    private PublishOutcome Miss()
    {
        _isStreamMissing = true;
        return Fail($"stream '{plan.Stream}' is missing");
    }

    private PublishOutcome Stall(string reason)
    {
        _isStalled = true;
        return Fail(reason);
    }

    private PublishOutcome Fail(string reason)
    {
        _reason ??= reason;
        return PublishOutcome.Failed;
    }
}

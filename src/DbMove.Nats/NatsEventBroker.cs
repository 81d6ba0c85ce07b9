using DbMove.Events;
using DbMove.Nats.Connection;
using DbMove.Nats.Delivery;
using DbMove.Nats.Messages;
using DbMove.Nats.Streams;
using NATS.Client.Core;

namespace DbMove.Nats;

/// <summary>Distributes a migration's events over JetStream. It remembers no event: the control table does.</summary>
internal sealed class NatsEventBroker : IEventBroker
{
    private const int MaximumRounds = 5;

    // A pull that waits for long is a row of short ones: a consumer that died in silence is noticed soon.
    private static readonly TimeSpan s_longestPull = TimeSpan.FromSeconds(2);
    private readonly EventBrokerSetup _setup;
    private readonly NatsOptions _options;
    private readonly ServerConnection _connection;
    private readonly EventSubjects _subjects;
    private readonly EventCodec _codec;
    private readonly StreamPlan _plan;
    private readonly StreamKeeper _keeper;
    private readonly NatsPuller _puller;
    private readonly BrokerHealth _health;
    private readonly ConsumerView _view;
    private readonly ConsumerWatch _watch;
    private volatile string? _notTaken;

    public NatsEventBroker(EventBrokerSetup setup, NatsOptions options, ServerConnection connection)
    {
        (_setup, _options, _connection) = (setup, options, connection);
        _subjects = new EventSubjects(options.SubjectPrefix, setup.Migration);
        _codec = new EventCodec(setup.Migration, _subjects);
        _plan = new StreamPlan(options, setup, _subjects);
        _keeper = new StreamKeeper(_plan, setup);
        _puller = new NatsPuller(_plan, HandBackAsync);
        _view = new ConsumerView(_plan);
        _watch = new ConsumerWatch(connection, _keeper, _view, _plan, setup);
        _health = new BrokerHealth(connection, _keeper, _view, _watch, _plan, setup);
    }

    public async Task<IReadOnlyList<PublishOutcome>> PublishAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        PublishOutcome[] outcomes = new PublishOutcome[messages.Count];
        Array.Fill(outcomes, PublishOutcome.Failed);
        for (int round = 1; outcomes.Length > 0; round++)
        {
            StreamState state = await ReadyAsync(cancellationToken).ConfigureAwait(false);
            NatsPublisher publisher = new(state, _plan, _subjects, _options);
            await publisher.RunAsync(messages, outcomes, cancellationToken).ConfigureAwait(false);
            if (publisher.IsStreamMissing)
            {
                _keeper.Suspect(state);
                if (round < MaximumRounds)
                {
                    continue;
                }
            }

            if (publisher.Reason is { } reason)
            {
                if (publisher.Lost is { } lost && outcomes.All(outcome => outcome == PublishOutcome.Failed))
                {
                    throw new EventChannelException(lost.Message, lost);
                }

                // A stream that is full refuses every batch until there is room; one line tells it.
                if (_notTaken != reason)
                {
                    NatsLog.NotTaken(_setup.Logger, _setup.Migration, outcomes.Count(outcome => outcome == PublishOutcome.Failed), outcomes.Length, reason);
                }
            }

            _notTaken = publisher.Reason;

            break;
        }

        return outcomes;
    }

    public async Task<BrokerDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default)
    {
        long began = _setup.Time.GetTimestamp();
        int missed = 0;
        while (true)
        {
            StreamState state = await ReadyAsync(cancellationToken).ConfigureAwait(false);
            Task<(PullOutcome Outcome, NatsMsg<byte[]> Message)> pull = _puller.PullAsync(state, LengthOf(wait - _setup.Time.GetElapsedTime(began)), cancellationToken);
            if (_watch.IsSilent)
            {
                await _watch.LookAsync(state, pull, cancellationToken).ConfigureAwait(false);
            }

            (PullOutcome outcome, NatsMsg<byte[]> message) = await pull.ConfigureAwait(false);
            if (outcome != PullOutcome.Silence)
            {
                _watch.Answer();
            }

            switch (outcome)
            {
                case PullOutcome.Message:
                    return Read(state, message);

                case PullOutcome.Silence:
                    await _watch.EndSilenceAsync(state, cancellationToken).ConfigureAwait(false);
                    break;

                case PullOutcome.Refused:
                    _keeper.Suspect(state);
                    throw new EventChannelException($"The NATS server at {state.Session.Where} refused a pull of consumer '{_plan.Consumer}' of stream '{_plan.Stream}': {message.Headers?.MessageText ?? "no reason given"}. It is asked again.");

                case PullOutcome.Missing when ++missed > MaximumRounds:
                    throw new EventChannelException(
                        $"Consumer '{_plan.Consumer}' of stream '{_plan.Stream}' on the NATS server at {state.Session.Where} goes away whenever it has been made. Find out who deletes it.");

                case PullOutcome.Missing:
                    _keeper.Suspect(state);
                    continue;
            }

            if (wait - _setup.Time.GetElapsedTime(began) <= TimeSpan.Zero)
            {
                return null;
            }
        }
    }

    public async Task<long> CountPendingAsync(CancellationToken cancellationToken = default)
    {
        for (int round = 1; ; round++)
        {
            StreamState state = await ReadyAsync(cancellationToken).ConfigureAwait(false);
            if (await _view.FindAsync(state.Session, cancellationToken).ConfigureAwait(false) is { } info)
            {
                return ConsumerView.PendingOf(info);
            }

            _keeper.Suspect(state);
            if (round == MaximumRounds)
            {
                throw new EventChannelException($"Consumer '{_plan.Consumer}' of stream '{_plan.Stream}' on the NATS server at {state.Session.Where} goes away whenever it has been made. Find out who deletes it.");
            }
        }
    }

    public Task<IReadOnlyList<HealthEntry>> CheckHealthAsync(CancellationToken cancellationToken = default) => _health.CheckAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _puller.DrainAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _keeper.Dispose();
    }

    /// <summary>Tells the server what has become of a delivered message, and waits until it knows.</summary>
    /// <exception cref="EventChannelException">It could not be told; the message comes again.</exception>
    internal async Task AnswerAsync(StreamState delivered, string reply, byte[] answer, CancellationToken cancellationToken)
    {
        StreamState state = await ReadyAsync(cancellationToken).ConfigureAwait(false);
        if (state.Generation != delivered.Generation)
        {
            // The stream was made again since: the message is gone, and its number is another's now.
            return;
        }

        Reply told = await state.Session.RequestAsync(reply, answer, null, _options.RequestTimeout, cancellationToken).ConfigureAwait(false);
        switch (told.Kind)
        {
            case ReplyKind.NobodyThere:
                _keeper.Suspect(state);
                throw new EventChannelException($"Consumer '{_plan.Consumer}' of stream '{_plan.Stream}' on the NATS server at {state.Session.Where} is missing, so a message could not be answered. The consumer is made again, and the message comes again.");
            case ReplyKind.TimedOut:
                throw new EventChannelException($"The NATS server at {state.Session.Where} did not confirm the answer to a message within {_options.RequestTimeout}. The message comes again if it was not heard.");
        }
    }

    private async Task<StreamState> ReadyAsync(CancellationToken cancellationToken)
    {
        NatsSession session = await _connection.GetAsync(cancellationToken).ConfigureAwait(false);
        return await _keeper.EnsureAsync(session, cancellationToken).ConfigureAwait(false);
    }

    // What was left may be used up by connecting, and one look is owed still. Under a silent consumer a pull waits, to be seen at the server.
    private TimeSpan LengthOf(TimeSpan left) => left > s_longestPull || _watch.IsSilent ? s_longestPull : left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private NatsDelivery Read(StreamState state, NatsMsg<byte[]> message)
    {
        AckSubject position = AckSubject.Parse(message.ReplyTo!);
        string? messageId = message.Headers?.TryGetLastValue("Nats-Msg-Id", out string? value) == true ? value : null;
        string fallback = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_plan.Stream}.{position.Sequence}");
        ReadEvent read = _codec.Read(message.Data, message.Subject, messageId, fallback, _setup.Time.GetUtcNow(), position.Delivery);
        if (read.Defect is { } defect)
        {
            NatsLog.Unreadable(_setup.Logger, _setup.Migration, read.Event.Id, defect);
        }

        return NatsDelivery.Create(this, state, message.ReplyTo!, read);
    }

    private async Task HandBackAsync(StreamState state, string reply)
    {
        try
        {
            await state.Session.RequestAsync(reply, Answers.AtOnce, null, _options.RequestTimeout, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EventChannelException exception)
        {
            NatsLog.NotHandedBack(_setup.Logger, exception, _setup.Migration);
        }
    }
}

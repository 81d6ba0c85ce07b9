using DbMove.Events;
using DbMove.Nats.Messages;
using DbMove.Nats.Streams;

namespace DbMove.Nats.Delivery;

/// <summary>A message in the hands of one consumer.</summary>
internal sealed class NatsDelivery : BrokerDelivery
{
    private readonly NatsEventBroker _broker;
    private readonly StreamState _state;
    private readonly string _reply;

    private NatsDelivery(NatsEventBroker broker, StreamState state, string reply, InconsistencyEvent delivered)
        : base(delivered) => (_broker, _state, _reply) = (broker, state, reply);

    private NatsDelivery(NatsEventBroker broker, StreamState state, string reply, InconsistencyEvent placeholder, string defect)
        : base(placeholder, defect) => (_broker, _state, _reply) = (broker, state, reply);

    public static NatsDelivery Create(NatsEventBroker broker, StreamState state, string reply, ReadEvent read) => read.Defect is { } defect
        ? new NatsDelivery(broker, state, reply, read.Event, defect)
        : new NatsDelivery(broker, state, reply, read.Event);

    public override Task AcknowledgeAsync(CancellationToken cancellationToken = default) => _broker.AnswerAsync(_state, _reply, Answers.Done, cancellationToken);

    public override Task RejectAsync(TimeSpan delay, CancellationToken cancellationToken = default) => _broker.AnswerAsync(_state, _reply, Answers.Again(delay), cancellationToken);
}

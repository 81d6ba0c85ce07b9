using DbMove.Events;

namespace DbMove.Tests.Events;

/// <summary>One message in the stream of <see cref="FakeBroker"/>.</summary>
internal sealed class FakeMessage(InconsistencyEvent carried, string? defect, DateTimeOffset visibleAt)
{
    private int _deliveries;

    public DateTimeOffset VisibleAt { get; set; } = visibleAt;

    public object? Lease { get; set; }

    public BrokerDelivery Deliver(FakeBroker broker, DateTimeOffset until)
    {
        (Lease, VisibleAt) = (new object(), until);
        InconsistencyEvent delivered = carried with { Attempts = carried.Attempts + ++_deliveries };
        return defect is null ? new Delivery(broker, this, Lease, delivered) : new Delivery(broker, this, Lease, delivered, defect);
    }

    private sealed class Delivery : BrokerDelivery
    {
        private readonly FakeBroker _broker;
        private readonly FakeMessage _message;
        private readonly object _lease;

        public Delivery(FakeBroker broker, FakeMessage message, object lease, InconsistencyEvent delivered)
            : base(delivered) => (_broker, _message, _lease) = (broker, message, lease);

        public Delivery(FakeBroker broker, FakeMessage message, object lease, InconsistencyEvent placeholder, string defect)
            : base(placeholder, defect) => (_broker, _message, _lease) = (broker, message, lease);

        public override Task AcknowledgeAsync(CancellationToken cancellationToken = default) => _broker.EndAsync(_message, _lease, () => _broker.Remove(_message));

        public override Task RejectAsync(TimeSpan delay, CancellationToken cancellationToken = default) =>
            _broker.EndAsync(_message, _lease, () => _message.VisibleAt = _broker.After(delay));
    }
}

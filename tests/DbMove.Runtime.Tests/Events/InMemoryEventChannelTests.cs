using DbMove.Tests.Events;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Events;

public sealed class InMemoryEventChannelTests : EventChannelContract
{
    private readonly FakeTimeProvider _time = new();

    public InMemoryEventChannelTests() => Channel = new InMemoryEventChannel(new EventOptions { MaximumAttempts = MaximumAttempts }, _time);

    protected override IEventChannel Channel { get; }

    public override ValueTask InitializeAsync() => default;

    public override ValueTask DisposeAsync() => Channel.DisposeAsync();

    protected override ValueTask ExpireAsync()
    {
        _time.Advance(TimeSpan.FromDays(1));
        return default;
    }
}

using DbMove.Runtime.Tests.Setup;
using DbMove.Tests.Events;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Events;

public sealed class BrokeredEventChannelTests : EventChannelContract
{
    private readonly Shop _shop = Shop.Create();
    private readonly FakeTimeProvider _time = new();
    private IEventChannel _channel = null!;

    protected override IEventChannel Channel => _channel;

    public override async ValueTask InitializeAsync()
    {
        FakeBroker broker = new(_time);
        _channel = new RelayedChannel(await _shop.StartAsync(
            Stage.SourceFirst, options => (options.Events.MaximumAttempts, options.Events.Broker) = (MaximumAttempts, broker.Connect)));
    }

    public override ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public void A_channel_of_ones_own_and_a_broker_exclude_each_other()
    {
        MigrationBuilder builder = new MigrationBuilder("shop").FromSqlite("a.db").ToSqlite("b.db").AddEntity<Customer>();
        builder.Options.Events.Broker = new FakeBroker(_time).Connect;
        builder.Options.Events.Channel = _ => new InMemoryEventChannel(builder.Options.Events, _time);

        Assert.Contains("Events.Broker", Assert.Throws<MigrationConfigurationException>(() => builder.Build()).Message, StringComparison.Ordinal);
    }

    protected override ValueTask ExpireAsync()
    {
        _time.Advance(TimeSpan.FromDays(1));
        _shop.Run(Side.Target, "UPDATE dbmove_event SET visible_at = 0");
        return default;
    }
}

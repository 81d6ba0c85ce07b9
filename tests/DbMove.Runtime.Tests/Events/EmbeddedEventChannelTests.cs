using DbMove.Runtime.Tests.Setup;
using DbMove.Tests.Events;

namespace DbMove.Runtime.Tests.Events;

public sealed class EmbeddedEventChannelTests : EventChannelContract
{
    private readonly Shop _shop = Shop.Create();
    private Migration _migration = null!;

    protected override IEventChannel Channel => _migration.Events;

    public override async ValueTask InitializeAsync() =>
        _migration = await _shop.StartAsync(Stage.SourceFirst, options => options.Events.MaximumAttempts = MaximumAttempts);

    public override ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task P27_Events_outlive_the_process()
    {
        await Channel.PublishAsync(
            [new InconsistencyEvent { Id = "x", Migration = "shop", Entity = "customer", Kind = InconsistencyKind.Different, Base = Side.Source, Keys = ["[\"1\"]"], CreatedAt = default }]);

        Migration other = await _shop.StartAsync();

        Assert.Equal("x", (await other.Events.ReceiveAsync(TimeSpan.Zero))?.Event.Id);
    }

    [Fact]
    public async Task P27_A_channel_out_of_reach_says_so()
    {
        _shop.Run(Side.Target, "ALTER TABLE dbmove_event RENAME TO away");

        await Assert.ThrowsAsync<EventChannelException>(() => Channel.ReceiveAsync(TimeSpan.Zero));
    }

    protected override ValueTask ExpireAsync()
    {
        _shop.Run(Side.Target, "UPDATE dbmove_event SET visible_at = 0");
        return default;
    }
}

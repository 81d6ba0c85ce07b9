using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Events;
using DbMove.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>The contract of event channels on PostgreSQL; SQLite's is with the runtime's own tests.</summary>
public abstract class EventChannelsOnPostgreSqlTests(PostgreSqlServer server) : EventChannelContract
{
    private Bank _bank = null!;

    protected sealed override string Migration => "bank";

    protected FakeTimeProvider Time { get; } = new();

    protected Migration Started { get; private set; } = null!;

    public sealed override async ValueTask InitializeAsync()
    {
        _bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Started = await _bank.StartAsync(Stage.SourceFirst, options =>
        {
            options.Events.MaximumAttempts = MaximumAttempts;
            Configure(options.Events);
        });
    }

    public sealed override ValueTask DisposeAsync() => _bank.DisposeAsync();

    protected abstract void Configure(EventOptions options);

    protected sealed override async ValueTask ExpireAsync()
    {
        Time.Advance(TimeSpan.FromDays(1));
        await _bank.Target.ExecuteAsync("UPDATE dbmove_event SET visible_at = 0");
    }
}

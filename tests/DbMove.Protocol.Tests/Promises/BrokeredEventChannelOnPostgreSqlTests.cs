using DbMove.Tests.Events;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

public sealed class BrokeredEventChannelOnPostgreSqlTests(PostgreSqlServer server) : EventChannelsOnPostgreSqlTests(server)
{
    protected override IEventChannel Channel => new RelayedChannel(Started);

    protected override void Configure(EventOptions options) => options.Broker = new FakeBroker(Time).Connect;
}

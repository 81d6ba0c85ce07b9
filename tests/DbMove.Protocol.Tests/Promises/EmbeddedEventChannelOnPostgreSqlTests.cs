using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

public sealed class EmbeddedEventChannelOnPostgreSqlTests(PostgreSqlServer server) : EventChannelsOnPostgreSqlTests(server)
{
    protected override IEventChannel Channel => Started.Events;

    protected override void Configure(EventOptions options)
    {
    }
}

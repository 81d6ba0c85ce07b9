using NATS.Client.Core;

namespace DbMove.Nats.Tests.Connection;

/// <summary>A connection of the application: used, and left as it was.</summary>
public sealed class SuppliedConnectionTests(NatsServer server)
{
    [Fact]
    public async Task It_is_opened_when_it_is_needed_and_not_disposed()
    {
        await using NatsConnection connection = new(new NatsOpts { Url = server.Url });
        await using (TestBroker test = TestBroker.Create(connection))
        {
            Assert.Equal(NatsConnectionState.Closed, connection.ConnectionState);
            BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
            Assert.All(await test.Broker.CheckHealthAsync(), entry => Assert.Equal(HealthStatus.Healthy, entry.Status));
        }

        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
        await connection.PingAsync();
    }

    [Fact]
    public async Task It_may_use_the_direct_mode_of_requests()
    {
        await using NatsConnection connection = new(new NatsOpts { Url = server.Url, RequestReplyMode = NatsRequestReplyMode.Direct });
        await using TestBroker test = TestBroker.Create(connection);
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
        await using Administrator administrator = new(server.Url);
        await administrator.JetStream.DeleteStreamAsync(test.Stream);
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
    }

    [Fact]
    public async Task Its_login_is_not_printed_and_its_own_reconnecting_is_waited_for()
    {
        await using NatsServerProcess own = await NatsServerProcess.CreateAsync("""authorization { user: "dbmove", password: "S3cret" }""");
        await using NatsConnection connection = new(new NatsOpts { Url = $"nats://dbmove:S3cret@127.0.0.1:{own.Port}", ReconnectWaitMin = TimeSpan.FromMilliseconds(50) });
        await using TestBroker test = TestBroker.Create(connection);
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));

        await own.KillAsync();
        EventChannelException lost = await Eventually.GetAsync(
            async () => await Record.ExceptionAsync(() => test.Broker.CountPendingAsync()) as EventChannelException, "the connection is lost");
        Assert.Contains($"127.0.0.1:{own.Port}", lost.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cret", lost.ToString(), StringComparison.Ordinal);
        HealthEntry entry = Assert.Single(await test.Broker.CheckHealthAsync());
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.DoesNotContain("S3cret", entry.Detail + entry.Failure, StringComparison.Ordinal);

        await own.StartAsync();
        BrokerRoundTrip.Check(await Eventually.SucceedsAsync(() => BrokerRoundTrip.RunAsync(test), "the client has reconnected"));
    }

    [Fact]
    public async Task A_login_that_is_refused_names_the_connections_options_and_not_ours()
    {
        await using NatsServerProcess own = await NatsServerProcess.CreateAsync("""authorization { user: "dbmove", password: "S3cret" }""");
        await using NatsConnection connection = new(new NatsOpts { Url = own.Url });
        await using TestBroker test = TestBroker.Create(connection);
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync());
        Assert.Contains("NatsOpts.AuthOpts", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("NatsOptions", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_cannot_be_opened_is_told_without_its_login()
    {
        await using NatsServerProcess own = await NatsServerProcess.CreateAsync();
        await own.KillAsync();
        await using NatsConnection connection = new(new NatsOpts { Url = $"nats://dbmove:S3cret@127.0.0.1:{own.Port}" });
        await using TestBroker test = TestBroker.Create(connection);
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync());
        Assert.DoesNotContain("S3cret", refused.ToString(), StringComparison.Ordinal);

        await own.StartAsync();
        BrokerRoundTrip.Check(await Eventually.SucceedsAsync(() => BrokerRoundTrip.RunAsync(test), "it opens"));
    }
}

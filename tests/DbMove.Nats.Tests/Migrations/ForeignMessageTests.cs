using System.Text;
using NATS.Client.Core;

namespace DbMove.Nats.Tests.Migrations;

/// <summary>What others put into the stream while a migration runs.</summary>
public sealed class ForeignMessageTests(NatsServer server)
{
    [Fact]
    public async Task P27_Malformed_unknown_and_oversized_messages_are_dead_and_listed_and_stop_nothing()
    {
        await using Depot depot = await Depot.CreateAsync();
        await using Administrator administrator = new(server.Url);
        await depot.DamageAsync();
        Migration migration = await depot.StartAsync(server.Url);
        await Eventually.TrueAsync(async () => await administrator.FindConsumerAsync(depot.StreamName, Depot.Consumer) is not null, "the consumer is made");
        string keys = string.Join(',', Enumerable.Repeat("\"[\\u00221\\u0022]\"", 1001));
        string[] bad =
        [
            "garbage", "{}", "{\"version\":99,\"id\":\"later\"}", "[1,2", "{\"version\":1,\"id\":\"\\u0000\"}",
            $"{{\"version\":1,\"id\":\"many\",\"migration\":\"depot\",\"entity\":\"item\",\"kind\":\"neq\",\"base\":\"source\",\"keys\":[{keys}],\"created_at\":\"2026-01-01T00:00:00+00:00\",\"attempts\":0}}",
            new string('x', 900_000),
        ];
        Task<ValidationReport> validating = Depot.ValidateAsync(migration);
        foreach (string body in bad)
        {
            await administrator.PublishAsync(depot.Subject, Encoding.UTF8.GetBytes(body));
        }

        Assert.Equal(Depot.Damaged, (await validating).Differences);
        await depot.AssertRepairedAsync(dead: bad.Length);
        await Eventually.TrueAsync(async () => await administrator.CountMessagesAsync(depot.StreamName) == 0, "everything is acknowledged");
        IReadOnlyList<DeadEvent> dead = await migration.Events.ListDeadAsync(100);
        Assert.Equal(bad.Length, dead.Count);
        Assert.Contains(dead, each => each.Reason.Contains("99", StringComparison.Ordinal));
        Assert.Contains(dead, each => each.Reason.Contains("1001", StringComparison.Ordinal));
        Assert.All(dead, each => Assert.Equal("item", each.Event.Entity));
        Assert.Equal(bad.Length, await migration.Events.DropDeadAsync());
    }

    [Fact]
    public async Task P01_P02_P27_Old_messages_sent_again_after_a_switch_and_in_another_order_repair_nothing_wrongly()
    {
        await using Depot depot = await Depot.CreateAsync();
        await using Administrator administrator = new(server.Url);
        await depot.DamageAsync();
        List<byte[]> captured = [];
        await using NatsConnection listener = new(new NatsOpts { Url = server.Url });
        INatsSub<byte[]> heard = await listener.SubscribeCoreAsync(depot.Subject, serializer: NatsRawSerializer<byte[]>.Default);
        await listener.PingAsync();
        Migration migration = await depot.StartAsync(server.Url);
        await Depot.ValidateAsync(migration);
        await depot.AssertRepairedAsync();
        while (heard.Msgs.TryRead(out NatsMsg<byte[]> message))
        {
            captured.Add(message.Data!);
        }

        Assert.True(captured.Count > 10, $"only {captured.Count} messages were captured");
        await migration.SwitchAsync(Stage.TargetFirst, Depot.Forced);
        await depot.RunAsync(Side.Target, "UPDATE item SET name = 'newest' WHERE id % 10 IN (1, 2); DELETE FROM item WHERE id % 10 = 3; INSERT INTO item SELECT id + 10000, 'new extra', 1 FROM item WHERE id % 10 = 4");
        List<string> authority = await depot.RowsAsync(Side.Target, Depot.All);
        captured.Reverse();
        foreach (byte[] body in captured.Concat(captured))
        {
            await administrator.PublishAsync(depot.Subject, body);
        }

        await Eventually.TrueAsync(async () => await administrator.CountMessagesAsync(depot.StreamName) == 0, "every message is dealt with", TimeSpan.FromSeconds(60));
        Assert.Equal(authority, await depot.RowsAsync(Side.Target, Depot.All));
        await depot.AssertEqualAsync();
        Assert.Equal(0, await depot.CountAsync(Side.Target, "dbmove_event"));
    }

    [Fact]
    public async Task P27_Every_message_sent_once_more_by_somebody_else_while_it_is_dealt_with_does_no_harm()
    {
        await using Depot depot = await Depot.CreateAsync();
        await using Administrator administrator = new(server.Url);
        await depot.DamageAsync();
        await using NatsConnection listener = new(new NatsOpts { Url = server.Url });
        INatsSub<byte[]> heard = await listener.SubscribeCoreAsync(depot.Subject, serializer: NatsRawSerializer<byte[]>.Default);
        await listener.PingAsync();
        int echoed = 0;
        Task echo = Task.Run(async () =>
        {
            await foreach (NatsMsg<byte[]> message in heard.Msgs.ReadAllAsync())
            {
                // What it sends itself it hears too.
                if (message.Headers?.ContainsKey("Nats-Msg-Id") == true)
                {
                    await administrator.PublishAsync(depot.Subject, message.Data!);
                    echoed++;
                }
            }
        });
        Migration migration = await depot.StartAsync(server.Url);
        Migration other = await depot.StartAsync(server.Url);

        Assert.Equal(Depot.Damaged, (await Depot.ValidateAsync(migration)).Differences);
        await depot.AssertRepairedAsync();

        await heard.UnsubscribeAsync();
        await echo;
        Assert.True(echoed > 10, $"only {echoed} messages were sent again");
        await Eventually.TrueAsync(async () => await administrator.CountMessagesAsync(depot.StreamName) == 0, "every message is dealt with", TimeSpan.FromSeconds(60));
        Assert.Equal(0, await other.Events.CountOpenAsync());
        await depot.AssertEqualAsync();
    }

    [Fact]
    public async Task Events_larger_than_the_server_takes_are_divided()
    {
        await using NatsServerProcess small = await NatsServerProcess.CreateAsync("max_payload: 1200");
        await using Depot depot = await Depot.CreateAsync();
        await depot.RunAsync(Side.Target, "DELETE FROM item");
        Migration migration = await depot.StartAsync(small.Url, builder => builder.Options.Validation.RangeSize = 10_000);

        Assert.Equal(Depot.Rows, (await Depot.ValidateAsync(migration)).Differences);

        await depot.AssertRepairedAsync();
        Assert.Equal(Depot.Rows, await depot.CountAsync(Side.Target, "item"));
    }
}

using System.Text;
using DbMove.Events;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Tests.Messages;

/// <summary>Messages that somebody else sent, or that are too large: none of them holds up the others.</summary>
public sealed class BadMessageTests(NatsServer server)
{
    [Fact]
    public async Task What_cannot_be_read_is_handed_on_with_its_defect_and_the_next_is_read()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        await test.Broker.CountPendingAsync();
        string subject = $"dbmove.{test.Migration}.order%20lines.inconsistent";
        byte[][] bad =
        [
            [],
            [0xFF, 0x00, 0xFE],
            "{"u8.ToArray(),
            """{"version":7}"""u8.ToArray(),
            Encoding.UTF8.GetBytes(new string('x', 900_000)),
            EventCodecOf(test.NewEvent(keys: 1001)),
            EventCodecOf(test.NewEvent() with { Keys = [] }),
            EventCodecOf(test.NewEvent() with { Migration = "another" }),
        ];
        for (int index = 0; index < bad.Length; index++)
        {
            await administrator.PublishAsync(subject, bad[index], $"bad{index}.1");
        }

        BrokerMessage good = await test.PublishAsync();
        for (int index = 0; index < bad.Length; index++)
        {
            BrokerDelivery delivery = await test.ReceiveAsync();
            Assert.NotNull(delivery.Defect);
            Assert.Equal(($"bad{index}", "order lines", test.Migration, 1), (delivery.Event.Id, delivery.Event.Entity, delivery.Event.Migration, delivery.Event.Attempts));
            await delivery.AcknowledgeAsync();
        }

        Assert.Equal(good.Event.Id, (await test.ReceiveAsync()).Event.Id);
        Assert.Equal(bad.Length, test.Log.Lines.Count(line => line.Id == 2006));
    }

    [Fact]
    public async Task A_message_without_identity_has_one_by_its_place()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        await test.Broker.CountPendingAsync();
        await administrator.PublishAsync($"dbmove.{test.Migration}.%%%.inconsistent", "?"u8.ToArray());
        BrokerDelivery delivery = await test.ReceiveAsync();
        Assert.Equal(($"{test.Stream}.1", ""), (delivery.Event.Id, delivery.Event.Entity));
    }

    [Fact]
    public async Task What_the_server_does_not_take_for_its_size_is_told_apart()
    {
        await using NatsServerProcess small = await NatsServerProcess.CreateAsync("max_payload: 4096");
        await using TestBroker test = TestBroker.Create(small.Url);
        BrokerMessage large = test.NewMessage(keys: 1000);

        Assert.Equal(
            [PublishOutcome.Accepted, PublishOutcome.TooLarge, PublishOutcome.Accepted],
            await test.Broker.PublishAsync([test.NewMessage(), large, test.NewMessage()]));
        Assert.Equal([PublishOutcome.Accepted], await test.Broker.PublishAsync([large with { Event = large.Event with { Keys = [.. large.Event.Keys.Take(100)] } }]));
    }

    [Fact]
    public async Task The_largest_message_that_the_server_takes_is_taken()
    {
        await using NatsServerProcess small = await NatsServerProcess.CreateAsync("max_payload: 4096");
        await using TestBroker test = TestBroker.Create(small.Url);
        await test.Broker.CountPendingAsync();
        InconsistencyEvent sent = test.NewEvent();
        string Padded(int length) => $"[\"{new string('k', length)}\"]";
        int accepted = 0;

        // Byte by byte around the limit: none is sent that the server would end the connection for.
        for (int length = 3_500; length < 4_000; length++)
        {
            PublishOutcome outcome = (await test.Broker.PublishAsync([new BrokerMessage(sent with { Keys = [Padded(length)] }, length)]))[0];
            Assert.True(outcome == (accepted == length - 3_500 && outcome == PublishOutcome.Accepted ? PublishOutcome.Accepted : PublishOutcome.TooLarge), $"{length}: {outcome}");
            accepted += outcome == PublishOutcome.Accepted ? 1 : 0;
        }

        Assert.InRange(accepted, 1, 499);
        Assert.DoesNotContain("Payload Violation", small.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_the_stream_does_not_take_for_its_size_is_told_apart()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await test.Broker.CountPendingAsync();
        await using Administrator administrator = new(server.Url);
        StreamConfig stream = (await administrator.FindStreamAsync(test.Stream))!.Config;
        stream.MaxMsgSize = 1_000;
        await administrator.JetStream.UpdateStreamAsync(stream);
        Assert.Equal([PublishOutcome.TooLarge, PublishOutcome.Accepted], await test.Broker.PublishAsync([test.NewMessage(keys: 500), test.NewMessage()]));
    }

    [Theory]
    [InlineData("sales.order lines")]
    [InlineData("a*b>c%")]
    [InlineData("\u00e9\u4e2d\ud83d\ude80")]
    public async Task Every_name_of_an_entity_travels(string entity)
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await test.PublishAsync(entity);
        Assert.Equal(entity, (await test.ReceiveAsync()).Event.Entity);
    }

    [Fact]
    public async Task A_thousand_keys_travel()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        BrokerMessage message = test.NewMessage(keys: 1000);
        await test.Broker.PublishAsync([message]);
        Assert.Equal(message.Event.Keys, (await test.ReceiveAsync()).Event.Keys);
    }

    private static byte[] EventCodecOf(InconsistencyEvent written) => DbMove.Nats.Messages.EventCodec.Write(written);
}

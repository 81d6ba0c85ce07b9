using DbMove.Events;

namespace DbMove.Nats.Tests.Setup;

/// <summary>One event from publication to acknowledgement.</summary>
internal static class BrokerRoundTrip
{
    public static async Task<(string Sent, string? Received)> RunAsync(TestBroker test)
    {
        BrokerMessage message = test.NewMessage();
        if ((await test.Broker.PublishAsync([message]))[0] != PublishOutcome.Accepted)
        {
            throw new EventChannelException("It was not taken.");
        }

        BrokerDelivery? delivery = await test.Broker.ReceiveAsync(TimeSpan.FromSeconds(10));
        await (delivery?.AcknowledgeAsync() ?? Task.CompletedTask);
        return (message.Event.Id, delivery?.Event.Id);
    }

    public static void Check((string Sent, string? Received) trip) => Assert.Equal(trip.Sent, trip.Received);
}

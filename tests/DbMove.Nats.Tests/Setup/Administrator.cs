using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Tests.Setup;

/// <summary>Somebody else at the server, with the NATS client and nothing of DbMove.</summary>
internal sealed class Administrator : IAsyncDisposable
{
    private readonly NatsConnection _connection;

    public Administrator(string url)
    {
        _connection = new NatsConnection(new NatsOpts { Url = url });
        JetStream = new NatsJSContext(_connection);
    }

    public NatsJSContext JetStream { get; }

    public async Task<StreamInfo?> FindStreamAsync(string stream)
    {
        try
        {
            return (await JetStream.GetStreamAsync(stream)).Info;
        }
        catch (NatsJSApiException exception) when (exception.Error.Code == 404)
        {
            return null;
        }
    }

    public async Task<ConsumerInfo?> FindConsumerAsync(string stream, string consumer)
    {
        try
        {
            return (await JetStream.GetConsumerAsync(stream, consumer)).Info;
        }
        catch (NatsJSApiException exception) when (exception.Error.Code == 404)
        {
            return null;
        }
    }

    /// <summary>Puts any bytes into the stream.</summary>
    public async Task PublishAsync(string subject, byte[] body, string? messageId = null)
    {
        PubAckResponse answer = await JetStream.PublishAsync(subject, body, NatsRawSerializer<byte[]>.Default, new NatsJSPubOpts { MsgId = messageId });
        answer.EnsureSuccess();
    }

    public async Task<long> CountMessagesAsync(string stream) => (await FindStreamAsync(stream))!.State.Messages;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}

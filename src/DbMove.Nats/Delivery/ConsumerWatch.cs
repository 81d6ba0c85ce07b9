using DbMove.Events;
using DbMove.Nats.Connection;
using DbMove.Nats.Streams;
using ConsumerInfo = NATS.Client.JetStream.Models.ConsumerInfo;

namespace DbMove.Nats.Delivery;

/// <summary>Deals with a consumer whose pulls are not answered: a new connection first, and its replacement when it is proved dead.</summary>
internal sealed class ConsumerWatch(ServerConnection connection, StreamKeeper keeper, ConsumerView view, StreamPlan plan, EventBrokerSetup setup)
{
    // For the pull's way to the server: a look that overtakes it would not find it waiting there.
    private static readonly TimeSpan s_way = TimeSpan.FromMilliseconds(500);
    private readonly SilenceRecord _record = new(setup.Time);

    /// <summary>A pull was not answered although the server shows the consumer, and none has been answered since.</summary>
    public bool IsSilent => _record.IsSilent;

    /// <summary>A pull was answered.</summary>
    public void Answer() => _record.Answer();

    /// <summary>A pull was not answered. It may have met a deletion, so stream and consumer are checked before the next one.</summary>
    /// <exception cref="EventChannelException">The server is the one that is silent.</exception>
    public async Task EndSilenceAsync(StreamState state, CancellationToken cancellationToken)
    {
        ConsumerInfo? info = await view.FindAsync(state.Session, cancellationToken).ConfigureAwait(false);
        keeper.Suspect(state);
        if (info is not null && _record.Silence())
        {
            NatsLog.Silent(setup.Logger, setup.Migration, plan.Consumer, state.Session.IsRestricted ? "the login has no permission for something that it needs" : "the connection is made again");
            connection.Renew(state.Session);
        }
    }

    /// <summary>Looks at a silent consumer while a pull is out, and replaces it when it is proved dead.</summary>
    public async Task LookAsync(StreamState state, Task pull, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(pull, Task.Delay(s_way, setup.Time, cancellationToken)).ConfigureAwait(false);
            if (pull.IsCompleted || await view.FindAsync(state.Session, cancellationToken).ConfigureAwait(false) is not { } info || pull.IsCompleted)
            {
                return;
            }

            // Who may not pull gets no answer either, and must not delete what others pull from.
            if (!state.Session.IsRestricted && _record.IsDead(ConsumerFigures.Of(info)))
            {
                await keeper.ReplaceConsumerAsync(state, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (EventChannelException exception)
        {
            // The pull itself decides what its caller is told.
            NatsLog.Silent(setup.Logger, setup.Migration, plan.Consumer, exception.Message);
        }
    }
}

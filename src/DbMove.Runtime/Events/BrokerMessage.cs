namespace DbMove.Events;

/// <summary>An event on its way to the broker.</summary>
/// <param name="Event">The event; its attempts are those counted before this publication.</param>
/// <param name="Publication">
/// The how-manieth publication of this event it is, 1 at first. Together with the event's identity it is the message's
/// identity: the same publication sent twice is one message, a later publication is another.
/// </param>
public sealed record BrokerMessage(InconsistencyEvent Event, int Publication)
{
    /// <summary>The identity by which the broker recognises a message sent twice.</summary>
    public string MessageId => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Event.Id}.{Publication}");
}

using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Delivery;

/// <summary>What tells whether a consumer moves.</summary>
/// <param name="Created">When it was made.</param>
/// <param name="Delivered">How many messages it has handed out, repeated ones included.</param>
/// <param name="AckFloor">Up to which of them all are acknowledged.</param>
/// <param name="Unacknowledged">How many are not acknowledged.</param>
/// <param name="Waiting">How many pulls wait at the server, everybody's.</param>
internal readonly record struct ConsumerFigures(DateTimeOffset Created, long Delivered, long AckFloor, long Unacknowledged, long Waiting)
{
    public static ConsumerFigures Of(ConsumerInfo info) =>
        new(info.Created, (long)(info.Delivered?.ConsumerSeq ?? 0), (long)(info.AckFloor?.ConsumerSeq ?? 0), info.NumAckPending, info.NumWaiting);
}

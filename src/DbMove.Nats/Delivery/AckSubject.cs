using System.Globalization;

namespace DbMove.Nats.Delivery;

/// <summary>What the reply subject of a delivered message tells.</summary>
/// <param name="Delivery">The how-manieth delivery it is, 1 at first.</param>
/// <param name="Sequence">The message's number in the stream.</param>
internal readonly record struct AckSubject(int Delivery, ulong Sequence)
{
    /// <summary>
    /// Reads <c>$JS.ACK.{stream}.{consumer}.{delivery}.{sequence}.…</c>, or the longer form with domain and account between
    /// the second and the third part.
    /// </summary>
    public static AckSubject Parse(string subject)
    {
        string[] parts = subject.Split('.');
        int delivery = parts.Length >= 11 ? 6 : 4;
        return parts.Length >= 9
            && int.TryParse(parts[delivery], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && ulong.TryParse(parts[delivery + 1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong sequence)
            ? new AckSubject(count, sequence)
            : new AckSubject(1, 0);
    }
}

using System.Globalization;
using System.Text;

namespace DbMove.Nats.Delivery;

/// <summary>What a consumer says of a message, in JetStream's words.</summary>
internal static class Answers
{
    /// <summary>It is dealt with.</summary>
    public static byte[] Done { get; } = "+ACK"u8.ToArray();

    /// <summary>It comes again at once.</summary>
    public static byte[] AtOnce { get; } = "-NAK"u8.ToArray();

    /// <summary>It comes again after a delay.</summary>
    public static byte[] Again(TimeSpan delay) => delay <= TimeSpan.Zero
        ? AtOnce
        : Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""-NAK {"delay":{{(long)(delay.TotalMilliseconds * 1_000_000)}}}"""));
}

namespace NATS.NKeys;

/// <summary>The check sum at the end of every nkey: CRC-16/XMODEM.</summary>
internal static class Crc16
{
    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 0x8000) == 0 ? sum << 1 : (sum << 1) ^ 0x1021;
            }

            sum &= 0xFFFF;
        }

        return (ushort)sum;
    }
}

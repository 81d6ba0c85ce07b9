using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DbMove.PostgreSql.Binding;

/// <summary>
/// Rows in COPY's binary format. Encoded here rather than by Npgsql's importer so that rows are written without boxing,
/// and a full buffer is sent without blocking a thread.
/// </summary>
internal sealed class CopyBuffer : IDisposable
{
    /// <summary>The buffer is worth sending from this many bytes on.</summary>
    public const int SendThreshold = 128 * 1024;

    // Throws for half a character, which UTF-8 cannot hold; the default would write a question mark instead.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(2 * SendThreshold);
    private int _length;

    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public void WriteHeader()
    {
        // "PGCOPY", newline, 255, CR, LF, 0; then no flags and no extension.
        WriteBytes("PGCOPY\n"u8);
        WriteByte(0xFF);
        WriteBytes("\r\n\0"u8);
        WriteInt32(0);
        WriteInt32(0);
    }

    public void WriteTrailer() => WriteInt16(-1);

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value);

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void WriteGuid(Guid value) => value.TryWriteBytes(Take(16), bigEndian: true, out _);

    /// <summary>Writes a text with its length; jsonb has a version number before it.</summary>
    public void WriteText(string value, bool isJsonb)
    {
        int size = s_utf8.GetByteCount(value) + (isJsonb ? 1 : 0);
        WriteInt32(size);
        Span<byte> target = Take(size);
        if (isJsonb)
        {
            target[0] = 1;
            target = target[1..];
        }

        s_utf8.GetBytes(value, target);
    }

    /// <summary>Writes a numeric with its length: digits to the base of 10,000 around the decimal point.</summary>
    public void WriteNumeric(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        int scale = (bits[3] >> 16) & 0xFF;
        UInt128 number = ((UInt128)(uint)bits[2] << 64) | ((ulong)(uint)bits[1] << 32) | (uint)bits[0];

        // Fill the last group of four decimals, so that the point stands between two groups.
        int missing = (4 - (scale % 4)) % 4;
        for (int digit = 0; digit < missing; digit++)
        {
            number *= 10;
        }

        Span<short> groups = stackalloc short[10];
        int count = 0;
        int leastGroup = -((scale + 3) / 4);
        while (number != 0)
        {
            (number, UInt128 group) = UInt128.DivRem(number, 10000);
            if (group == 0 && count == 0)
            {
                // Zeros at the end are not sent; the display scale keeps them.
                leastGroup++;
                continue;
            }

            groups[count++] = (short)group;
        }

        WriteInt32(8 + (2 * count));
        WriteInt16((short)count);
        WriteInt16((short)(count == 0 ? 0 : leastGroup + count - 1));
        WriteInt16(bits[3] < 0 && count > 0 ? (short)0x4000 : (short)0);
        WriteInt16((short)scale);
        for (int index = count - 1; index >= 0; index--)
        {
            WriteInt16(groups[index]);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private Span<byte> Take(int size)
    {
        int end = checked(_length + size);
        if (end > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(end, checked(_bytes.Length * 2)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        Span<byte> taken = _bytes.AsSpan(_length, size);
        _length = end;
        return taken;
    }
}

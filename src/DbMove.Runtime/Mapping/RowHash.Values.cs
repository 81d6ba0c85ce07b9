using System.Buffers.Binary;

namespace DbMove.Mapping;

/// <summary>The bytes of each type. Each value begins with a byte, 0 for a null, which ends it, else 1; numbers follow with their lowest byte first.</summary>
public partial struct RowHash
{
    private const int NaNSingle = 0x7FC00000;
    private const long NaNDouble = 0x7FF8000000000000;

    /// <summary>Adds the one byte that says whether there is a value.</summary>
    /// <param name="isPresent">Whether there is.</param>
    public void AddPresence(bool isPresent) => Append([isPresent ? (byte)1 : (byte)0]);

    /// <summary>Adds a boolean: one byte, 0 or 1.</summary>
    public void Add(bool? value)
    {
        AddPresence(value.HasValue);
        if (value is { } present)
        {
            AddPresence(present);
        }
    }

    /// <summary>Adds an integer of any width, or a character's code unit: eight bytes.</summary>
    public void Add(long? value) => AddBits(value.HasValue, value.GetValueOrDefault());

    /// <summary>Adds an integer beyond the signed ones: eight bytes.</summary>
    public void Add(ulong? value) => AddBits(value.HasValue, unchecked((long)value.GetValueOrDefault()));

    /// <summary>Adds a number: its eight bytes of IEEE 754, where -0 is 0 and every NaN is one.</summary>
    public void Add(double? value)
    {
        double number = value.GetValueOrDefault();
        AddBits(value.HasValue, double.IsNaN(number) ? NaNDouble : number == 0 ? 0 : BitConverter.DoubleToInt64Bits(number));
    }

    /// <summary>Adds a number: its four bytes of IEEE 754, where -0 is 0 and every NaN is one.</summary>
    public void Add(float? value)
    {
        float number = value.GetValueOrDefault();
        AddBits(value.HasValue, float.IsNaN(number) ? NaNSingle : number == 0 ? 0 : BitConverter.SingleToInt32Bits(number));
    }

    /// <summary>
    /// Adds a number by its value: the twelve bytes of its integer, without trailing zeros, and a byte of its scale, plus 128 when it is below zero.
    /// </summary>
    public void Add(decimal? value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value.GetValueOrDefault(), bits);
        UInt128 integer = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        int scale = (bits[3] >> 16) & 0xFF;
        while (scale > 0)
        {
            (UInt128 shorter, UInt128 digit) = UInt128.DivRem(integer, 10);
            if (digit != 0)
            {
                break;
            }

            (integer, scale) = (shorter, scale - 1);
        }

        AddDecimal(value.HasValue, integer, scale, isNegative: bits[3] < 0 && integer != 0);
    }

    /// <summary>Adds a number bit by bit: eight bytes of IEEE 754.</summary>
    public void AddIdentical(double? value) => AddBits(value.HasValue, BitConverter.DoubleToInt64Bits(value.GetValueOrDefault()));

    /// <summary>Adds a number bit by bit: four bytes of IEEE 754.</summary>
    public void AddIdentical(float? value) => AddBits(value.HasValue, BitConverter.SingleToInt32Bits(value.GetValueOrDefault()));

    /// <summary>Adds a number with its scale: the twelve bytes of its integer and a byte of its scale, plus 128 when it is below zero or the negative zero.</summary>
    public void AddIdentical(decimal? value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value.GetValueOrDefault(), bits);
        AddDecimal(value.HasValue, new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]), (bits[3] >> 16) & 0xFF, bits[3] < 0);
    }

    /// <summary>Adds a Guid: its sixteen bytes in the order of its text.</summary>
    public void Add(Guid? value)
    {
        AddPresence(value.HasValue);
        if (value is { } present)
        {
            Span<byte> bytes = stackalloc byte[16];
            present.TryWriteBytes(bytes, bigEndian: true, out _);
            Append(bytes);
        }
    }

    /// <summary>Adds a date with a time: eight bytes of ticks of 100 ns since the year 1.</summary>
    public void Add(DateTime? value) => AddBits(value.HasValue, value.GetValueOrDefault().Ticks);

    /// <summary>Adds an instant: eight bytes of ticks of 100 ns since the year 1, UTC.</summary>
    public void Add(DateTimeOffset? value) => AddBits(value.HasValue, value.GetValueOrDefault().UtcTicks);

    /// <summary>Adds a date: eight bytes of days since the year 1.</summary>
    public void Add(DateOnly? value) => AddBits(value.HasValue, (long)value.GetValueOrDefault().DayNumber);

    /// <summary>Adds a time of day: eight bytes of ticks of 100 ns since midnight.</summary>
    public void Add(TimeOnly? value) => AddBits(value.HasValue, value.GetValueOrDefault().Ticks);

    /// <summary>Adds an interval: eight bytes of ticks of 100 ns.</summary>
    public void Add(TimeSpan? value) => AddBits(value.HasValue, value.GetValueOrDefault().Ticks);

    /// <summary>Adds bytes: four bytes of how many they are, then they themselves.</summary>
    public void Add(byte[]? value)
    {
        AddPresence(value is not null);
        if (value is not null)
        {
            AddCount(value.Length);
            Append(value);
        }
    }

    private void AddDecimal(bool isPresent, UInt128 integer, int scale, bool isNegative)
    {
        AddPresence(isPresent);
        if (isPresent)
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128LittleEndian(bytes, integer);
            bytes[12] = (byte)(scale | (isNegative ? 0x80 : 0));
            Append(bytes[..13]);
        }
    }

    private void AddBits(bool isPresent, long bits)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = isPresent ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], bits);
        Append(isPresent ? bytes : bytes[..1]);
    }

    private void AddBits(bool isPresent, int bits)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = isPresent ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], bits);
        Append(isPresent ? bytes : bytes[..1]);
    }

    private void AddCount(int count)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, count);
        Append(bytes);
    }
}

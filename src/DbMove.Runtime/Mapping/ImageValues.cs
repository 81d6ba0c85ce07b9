namespace DbMove.Mapping;

/// <summary>One row's values on their way from an entity to its copy, in one side's forms.</summary>
/// <param name="values">By ordinal.</param>
/// <param name="side">The side that the row comes from: the other's form may hold less.</param>
internal struct ImageValues(object?[] values, Side side) : IColumnSink, IColumnReader
{
    /// <summary>The ordinal of the next value.</summary>
    public int Position { get; set; }

    public readonly Side Side => side;

    public readonly void WriteNull() => values[Position] = null;

    public readonly void Write(bool value) => values[Position] = value;

    public readonly void Write(byte value) => values[Position] = value;

    public readonly void Write(sbyte value) => values[Position] = value;

    public readonly void Write(short value) => values[Position] = value;

    public readonly void Write(ushort value) => values[Position] = value;

    public readonly void Write(int value) => values[Position] = value;

    public readonly void Write(uint value) => values[Position] = value;

    public readonly void Write(long value) => values[Position] = value;

    public readonly void Write(ulong value) => values[Position] = value;

    public readonly void Write(decimal value) => values[Position] = value;

    public readonly void Write(double value) => values[Position] = value;

    public readonly void Write(float value) => values[Position] = value;

    public readonly void Write(string value) => values[Position] = value;

    public readonly void Write(char value) => values[Position] = value;

    public readonly void Write(Guid value) => values[Position] = value;

    public readonly void Write(DateTime value) => values[Position] = value;

    public readonly void Write(DateTimeOffset value) => values[Position] = value;

    public readonly void Write(DateOnly value) => values[Position] = value;

    public readonly void Write(TimeOnly value) => values[Position] = value;

    public readonly void Write(TimeSpan value) => values[Position] = value;

    public readonly void Write(byte[] value) => values[Position] = value.Clone();

    public readonly bool IsNull(int position) => values[position] is null;

    public readonly bool ReadBoolean(int position) => (bool)values[position]!;

    public readonly byte ReadByte(int position) => (byte)values[position]!;

    public readonly sbyte ReadSByte(int position) => (sbyte)values[position]!;

    public readonly short ReadInt16(int position) => (short)values[position]!;

    public readonly ushort ReadUInt16(int position) => (ushort)values[position]!;

    public readonly int ReadInt32(int position) => (int)values[position]!;

    public readonly uint ReadUInt32(int position) => (uint)values[position]!;

    public readonly long ReadInt64(int position) => (long)values[position]!;

    public readonly ulong ReadUInt64(int position) => (ulong)values[position]!;

    public readonly decimal ReadDecimal(int position) => (decimal)values[position]!;

    public readonly double ReadDouble(int position) => (double)values[position]!;

    public readonly float ReadSingle(int position) => (float)values[position]!;

    public readonly string ReadString(int position) => (string)values[position]!;

    public readonly char ReadChar(int position) => (char)values[position]!;

    public readonly Guid ReadGuid(int position) => (Guid)values[position]!;

    public readonly DateTime ReadDateTime(int position) => (DateTime)values[position]!;

    public readonly DateTimeOffset ReadDateTimeOffset(int position) => (DateTimeOffset)values[position]!;

    public readonly DateOnly ReadDateOnly(int position) => (DateOnly)values[position]!;

    public readonly TimeOnly ReadTimeOnly(int position) => (TimeOnly)values[position]!;

    public readonly TimeSpan ReadTimeSpan(int position) => (TimeSpan)values[position]!;

    public readonly byte[] ReadBytes(int position) => (byte[])values[position]!;
}

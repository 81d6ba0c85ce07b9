namespace DbMove.Mapping.Tests.Rows;

/// <summary>Gives generated code what it wrote; a value of another type than the column's fails the cast.</summary>
internal readonly struct RowReader(IReadOnlyList<object?> values) : IColumnReader
{
    public Side Side => Side.Source;

    public bool IsNull(int position) => values[position] is null;

    public bool ReadBoolean(int position) => (bool)values[position]!;

    public byte ReadByte(int position) => (byte)values[position]!;

    public sbyte ReadSByte(int position) => (sbyte)values[position]!;

    public short ReadInt16(int position) => (short)values[position]!;

    public ushort ReadUInt16(int position) => (ushort)values[position]!;

    public int ReadInt32(int position) => (int)values[position]!;

    public uint ReadUInt32(int position) => (uint)values[position]!;

    public long ReadInt64(int position) => (long)values[position]!;

    public ulong ReadUInt64(int position) => (ulong)values[position]!;

    public decimal ReadDecimal(int position) => (decimal)values[position]!;

    public double ReadDouble(int position) => (double)values[position]!;

    public float ReadSingle(int position) => (float)values[position]!;

    public string ReadString(int position) => (string)values[position]!;

    public char ReadChar(int position) => (char)values[position]!;

    public Guid ReadGuid(int position) => (Guid)values[position]!;

    public DateTime ReadDateTime(int position) => (DateTime)values[position]!;

    public DateTimeOffset ReadDateTimeOffset(int position) => (DateTimeOffset)values[position]!;

    public DateOnly ReadDateOnly(int position) => (DateOnly)values[position]!;

    public TimeOnly ReadTimeOnly(int position) => (TimeOnly)values[position]!;

    public TimeSpan ReadTimeSpan(int position) => (TimeSpan)values[position]!;

    public byte[] ReadBytes(int position) => (byte[])values[position]!;
}

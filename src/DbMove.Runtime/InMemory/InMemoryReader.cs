using DbMove.Mapping;

namespace DbMove.InMemory;

/// <summary>Reads a row's stored values, in the form of a side.</summary>
internal readonly struct InMemoryReader(object?[] row, Side side) : IColumnReader
{
    public Side Side => side;

    public bool IsNull(int position) => row[position] is null;

    public bool ReadBoolean(int position) => (bool)row[position]!;

    public byte ReadByte(int position) => (byte)row[position]!;

    public sbyte ReadSByte(int position) => (sbyte)row[position]!;

    public short ReadInt16(int position) => (short)row[position]!;

    public ushort ReadUInt16(int position) => (ushort)row[position]!;

    public int ReadInt32(int position) => (int)row[position]!;

    public uint ReadUInt32(int position) => (uint)row[position]!;

    public long ReadInt64(int position) => (long)row[position]!;

    public ulong ReadUInt64(int position) => (ulong)row[position]!;

    public decimal ReadDecimal(int position) => (decimal)row[position]!;

    public double ReadDouble(int position) => (double)row[position]!;

    public float ReadSingle(int position) => (float)row[position]!;

    public string ReadString(int position) => (string)row[position]!;

    public char ReadChar(int position) => (char)row[position]!;

    public Guid ReadGuid(int position) => (Guid)row[position]!;

    public DateTime ReadDateTime(int position) => (DateTime)row[position]!;

    public DateTimeOffset ReadDateTimeOffset(int position) => (DateTimeOffset)row[position]!;

    public DateOnly ReadDateOnly(int position) => (DateOnly)row[position]!;

    public TimeOnly ReadTimeOnly(int position) => (TimeOnly)row[position]!;

    public TimeSpan ReadTimeSpan(int position) => (TimeSpan)row[position]!;

    public byte[] ReadBytes(int position) => (byte[])((byte[])row[position]!).Clone();
}

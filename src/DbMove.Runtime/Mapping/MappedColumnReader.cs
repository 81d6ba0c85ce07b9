using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>Reads positions from wherever they stand in a result, through a dialect's reader.</summary>
/// <typeparam name="TReader">The dialect's reader; it is asked by the places in the result.</typeparam>
/// <param name="reader">The dialect's reader.</param>
/// <param name="positions">The place in the result of each position; -1: it has none, and is null.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct MappedColumnReader<TReader>(TReader reader, IReadOnlyList<int> positions) : IColumnReader
    where TReader : struct, IColumnReader
{
    private TReader _reader = reader;

    /// <inheritdoc/>
    public Side Side => _reader.Side;

    /// <inheritdoc/>
    public bool IsNull(int position) => positions[position] < 0 || _reader.IsNull(positions[position]);

    /// <inheritdoc/>
    public bool ReadBoolean(int position) => _reader.ReadBoolean(positions[position]);

    /// <inheritdoc/>
    public byte ReadByte(int position) => _reader.ReadByte(positions[position]);

    /// <inheritdoc/>
    public sbyte ReadSByte(int position) => _reader.ReadSByte(positions[position]);

    /// <inheritdoc/>
    public short ReadInt16(int position) => _reader.ReadInt16(positions[position]);

    /// <inheritdoc/>
    public ushort ReadUInt16(int position) => _reader.ReadUInt16(positions[position]);

    /// <inheritdoc/>
    public int ReadInt32(int position) => _reader.ReadInt32(positions[position]);

    /// <inheritdoc/>
    public uint ReadUInt32(int position) => _reader.ReadUInt32(positions[position]);

    /// <inheritdoc/>
    public long ReadInt64(int position) => _reader.ReadInt64(positions[position]);

    /// <inheritdoc/>
    public ulong ReadUInt64(int position) => _reader.ReadUInt64(positions[position]);

    /// <inheritdoc/>
    public decimal ReadDecimal(int position) => _reader.ReadDecimal(positions[position]);

    /// <inheritdoc/>
    public double ReadDouble(int position) => _reader.ReadDouble(positions[position]);

    /// <inheritdoc/>
    public float ReadSingle(int position) => _reader.ReadSingle(positions[position]);

    /// <inheritdoc/>
    public string ReadString(int position) => _reader.ReadString(positions[position]);

    /// <inheritdoc/>
    public char ReadChar(int position) => _reader.ReadChar(positions[position]);

    /// <inheritdoc/>
    public Guid ReadGuid(int position) => _reader.ReadGuid(positions[position]);

    /// <inheritdoc/>
    public DateTime ReadDateTime(int position) => _reader.ReadDateTime(positions[position]);

    /// <inheritdoc/>
    public DateTimeOffset ReadDateTimeOffset(int position) => _reader.ReadDateTimeOffset(positions[position]);

    /// <inheritdoc/>
    public DateOnly ReadDateOnly(int position) => _reader.ReadDateOnly(positions[position]);

    /// <inheritdoc/>
    public TimeOnly ReadTimeOnly(int position) => _reader.ReadTimeOnly(positions[position]);

    /// <inheritdoc/>
    public TimeSpan ReadTimeSpan(int position) => _reader.ReadTimeSpan(positions[position]);

    /// <inheritdoc/>
    public byte[] ReadBytes(int position) => _reader.ReadBytes(positions[position]);
}

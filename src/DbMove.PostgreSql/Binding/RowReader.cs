using DbMove.Mapping;
using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>Reads members from a result, from <paramref name="offset"/> on. A value that a member cannot hold is an error, never cut.</summary>
internal readonly struct RowReader(NpgsqlDataReader reader, ColumnBinding[] columns, int offset) : IColumnReader
{
    public Side Side => columns[0].Side;

    public bool IsNull(int position) => reader.IsDBNull(offset + position);

    public bool ReadBoolean(int position)
    {
        if (columns[position].Type == PostgreSqlType.Boolean)
        {
            return reader.GetBoolean(offset + position);
        }

        long number = ReadInt64(position);
        return number is 0 or 1 ? number == 1 : throw StoredTime.Unreadable(columns[position], "a number other than 0 and 1");
    }

    public byte ReadByte(int position) => (byte)ReadInteger(position, byte.MinValue, byte.MaxValue);

    public sbyte ReadSByte(int position) => (sbyte)ReadInteger(position, sbyte.MinValue, sbyte.MaxValue);

    public short ReadInt16(int position) => (short)ReadInteger(position, short.MinValue, short.MaxValue);

    public ushort ReadUInt16(int position) => (ushort)ReadInteger(position, ushort.MinValue, ushort.MaxValue);

    public int ReadInt32(int position) => (int)ReadInteger(position, int.MinValue, int.MaxValue);

    public uint ReadUInt32(int position) => (uint)ReadInteger(position, uint.MinValue, uint.MaxValue);

    public long ReadInt64(int position) => ReadInteger(position, long.MinValue, long.MaxValue);

    public ulong ReadUInt64(int position) => (ulong)ReadWhole(position, ulong.MinValue, ulong.MaxValue);

    public decimal ReadDecimal(int position)
    {
        try
        {
            return reader.GetDecimal(offset + position);
        }
        catch (Exception exception) when (exception is OverflowException or InvalidCastException)
        {
            // NaN, infinity, or more digits than a decimal has.
            throw StoredTime.Unreadable(columns[position], "a number that is not finite or has more than 28 digits");
        }
    }

    public double ReadDouble(int position) => reader.GetDouble(offset + position);

    public float ReadSingle(int position)
    {
        if (columns[position].Type == PostgreSqlType.Real)
        {
            return reader.GetFloat(offset + position);
        }

        double value = reader.GetDouble(offset + position);
        float single = (float)value;
        return single == value || double.IsNaN(value) ? single : throw StoredTime.Unreadable(columns[position], "a number with more digits");
    }

    public string ReadString(int position)
    {
        // The statements of this dialect ask for the text of an array; a caller's own do not.
        string text = columns[position].Type == PostgreSqlType.Array && ArrayText.TryRead(reader, offset + position, out string? array)
            ? array ?? throw StoredTime.Unreadable(columns[position], "an array with a null, or of another type,")
            : reader.GetString(offset + position);

        // char(n) pads on storage and ignores the padding in comparisons; the other side may pad to another length.
        return columns[position].Type == PostgreSqlType.PaddedText ? text.TrimEnd(' ') : text;
    }

    public char ReadChar(int position)
    {
        string text = ReadString(position);
        return text.Length == 1 ? text[0]
            : text.Length == 0 && columns[position].Type == PostgreSqlType.PaddedText ? ' '
            : throw StoredTime.Unreadable(columns[position], "a text that is not one character");
    }

    public Guid ReadGuid(int position) => columns[position].Type == PostgreSqlType.Uuid
        ? reader.GetGuid(offset + position)
        : Guid.TryParseExact(ReadString(position), "D", out Guid value) ? value : throw StoredTime.Unreadable(columns[position], "a text that is no identifier");

    public DateTime ReadDateTime(int position)
    {
        ColumnBinding column = columns[position];
        return new DateTime(
            StoredTime.ToTicks(reader.GetFieldValue<long>(offset + position), column),
            column.Type == PostgreSqlType.TimestampTz ? DateTimeKind.Utc : DateTimeKind.Unspecified);
    }

    public DateTimeOffset ReadDateTimeOffset(int position) =>
        new(StoredTime.ToTicks(reader.GetFieldValue<long>(offset + position), columns[position]), TimeSpan.Zero);

    public DateOnly ReadDateOnly(int position) => StoredTime.ToDate(reader.GetFieldValue<int>(offset + position), columns[position]);

    public TimeOnly ReadTimeOnly(int position) => StoredTime.ToTime(reader.GetFieldValue<long>(offset + position), columns[position]);

    public TimeSpan ReadTimeSpan(int position) => StoredTime.ToSpan(reader.GetFieldValue<NpgsqlInterval>(offset + position), columns[position]);

    public byte[] ReadBytes(int position) => reader.GetFieldValue<byte[]>(offset + position);

    private long ReadInteger(int position, long least, long greatest)
    {
        long value = columns[position].Type switch
        {
            PostgreSqlType.SmallInt => reader.GetInt16(offset + position),
            PostgreSqlType.Integer => reader.GetInt32(offset + position),
            PostgreSqlType.Numeric => (long)ReadWhole(position, least, greatest),
            _ => reader.GetInt64(offset + position),
        };
        return value >= least && value <= greatest ? value : throw StoredTime.Unreadable(columns[position], "a number outside the range");
    }

    private decimal ReadWhole(int position, decimal least, decimal greatest)
    {
        decimal value = ReadDecimal(position);
        return value >= least && value <= greatest && decimal.IsInteger(value)
            ? value : throw StoredTime.Unreadable(columns[position], "a number outside the range, or a fraction");
    }
}

using System.ComponentModel;
using System.Data.Common;
using System.Globalization;

namespace DbMove.Mapping;

/// <summary>
/// A row of a query that a caller wrote, read by the type that a member asks for, whichever driver gave it. What a member cannot hold
/// is an error, never cut; only of a number that is calculated, a float or a double keeps as many digits as it has.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SqlRow : IColumnReader
{
    private const double FirstJulianDay = 1721425.5;
    private const double LastJulianDay = 5373484.5;

    private readonly DbDataReader _reader;
    private readonly int[] _positions;

    internal SqlRow(DbDataReader reader, Side side, int[] positions) => (_reader, Side, _positions) = (reader, side, positions);

    /// <inheritdoc/>
    public Side Side { get; }

    /// <inheritdoc/>
    public bool IsNull(int position) => _reader.IsDBNull(_positions[position]);

    /// <inheritdoc/>
    public bool ReadBoolean(int position)
    {
        int column = _positions[position];
        Type type = _reader.GetFieldType(column);
        if (type == typeof(string) && bool.TryParse(_reader.GetString(column), out bool value))
        {
            return value;
        }

        return type == typeof(bool) ? _reader.GetBoolean(column) : Whole(position) switch
        {
            0 => false,
            1 => true,
            _ => throw Unreadable(position, "a number other than 0 and 1"),
        };
    }

    /// <inheritdoc/>
    public byte ReadByte(int position) => checked((byte)Whole(position));

    /// <inheritdoc/>
    public sbyte ReadSByte(int position) => checked((sbyte)Whole(position));

    /// <inheritdoc/>
    public short ReadInt16(int position) => checked((short)Whole(position));

    /// <inheritdoc/>
    public ushort ReadUInt16(int position) => checked((ushort)Whole(position));

    /// <inheritdoc/>
    public int ReadInt32(int position) => checked((int)Whole(position));

    /// <inheritdoc/>
    public uint ReadUInt32(int position) => checked((uint)Whole(position));

    /// <inheritdoc/>
    public long ReadInt64(int position) => Whole(position);

    /// <inheritdoc/>
    public ulong ReadUInt64(int position)
    {
        int column = _positions[position];
        return _reader.GetFieldType(column) == typeof(decimal)
            ? Exact(position, _reader.GetDecimal(column)) is var value and >= 0 ? checked((ulong)value) : throw Unreadable(position, "a negative number")
            : checked((ulong)Whole(position));
    }

    /// <inheritdoc/>
    public decimal ReadDecimal(int position)
    {
        int column = _positions[position];
        Type type = _reader.GetFieldType(column);
        return type == typeof(double) ? checked((decimal)_reader.GetDouble(column))
            : type == typeof(float) ? checked((decimal)_reader.GetFloat(column))
            : type == typeof(string) ? Parsed(position, _reader.GetString(column))
            : type == typeof(byte[]) ? throw Unreadable(position, "bytes")
            : _reader.GetDecimal(column);
    }

    /// <inheritdoc/>
    public double ReadDouble(int position)
    {
        int column = _positions[position];
        Type type = _reader.GetFieldType(column);
        return type == typeof(float) ? _reader.GetFloat(column)
            : type == typeof(string) ? double.TryParse(_reader.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Unreadable(position, "a text that is no number")
            : type == typeof(byte[]) ? throw Unreadable(position, "bytes")
            : _reader.GetDouble(column);
    }

    /// <inheritdoc/>
    public float ReadSingle(int position)
    {
        int column = _positions[position];
        if (_reader.GetFieldType(column) == typeof(float))
        {
            return _reader.GetFloat(column);
        }

        double value = ReadDouble(position);
        float single = (float)value;
        return float.IsInfinity(single) && !double.IsInfinity(value) ? throw Unreadable(position, "a greater number") : single;
    }

    /// <inheritdoc/>
    public string ReadString(int position)
    {
        int column = _positions[position];
        Type type = _reader.GetFieldType(column);
        return type == typeof(string) ? _reader.GetString(column)
            : type == typeof(byte[]) ? throw Unreadable(position, "bytes")
            : ArrayText.TryRead(_reader, column, out string? array) ? array ?? throw Unreadable(position, "an array with a null")
            : _reader.GetString(column);
    }

    /// <inheritdoc/>
    public char ReadChar(int position) => ReadString(position) is [char only] ? only : throw Unreadable(position, "a text that is not one character");

    /// <inheritdoc/>
    public Guid ReadGuid(int position)
    {
        int column = _positions[position];
        return _reader.GetFieldType(column) == typeof(string)
            ? Guid.TryParse(_reader.GetString(column), CultureInfo.InvariantCulture, out Guid value) ? value : throw Unreadable(position, "a text that is no identifier")
            : _reader.GetGuid(column);
    }

    /// <inheritdoc/>
    public DateTime ReadDateTime(int position)
    {
        // A text with a zone is an instant; a driver would give the local time of whoever reads.
        int column = CheckClock(position);
        return _reader.GetFieldType(column) != typeof(string) ? _reader.GetDateTime(column)
            : DateTime.TryParse(_reader.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTime value) ? value
            : throw Unreadable(position, "a text that is no date and time");
    }

    /// <inheritdoc/>
    public DateTimeOffset ReadDateTimeOffset(int position)
    {
        int column = CheckClock(position);
        if (_reader.GetFieldType(column) != typeof(string))
        {
            return _reader.GetFieldValue<DateTimeOffset>(column).ToUniversalTime();
        }

        // A text without a zone is UTC to DbMove; a driver would take it for the local time of whoever reads.
        return DateTimeOffset.TryParse(_reader.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset value)
            ? value
            : throw Unreadable(position, "a text that is no instant");
    }

    /// <inheritdoc/>
    public DateOnly ReadDateOnly(int position)
    {
        int column = CheckClock(position);
        return _reader.GetFieldType(column) != typeof(string) ? _reader.GetFieldValue<DateOnly>(column)
            : DateOnly.TryParse(_reader.GetString(column), CultureInfo.InvariantCulture, out DateOnly value) ? value
            : throw Unreadable(position, "a text that is no date");
    }

    /// <inheritdoc/>
    public TimeOnly ReadTimeOnly(int position)
    {
        int column = _positions[position];
        return _reader.GetFieldType(column) != typeof(string) ? _reader.GetFieldValue<TimeOnly>(column)
            : TimeOnly.TryParse(_reader.GetString(column), CultureInfo.InvariantCulture, out TimeOnly value) ? value
            : throw Unreadable(position, "a text that is no time of day");
    }

    /// <inheritdoc/>
    public TimeSpan ReadTimeSpan(int position)
    {
        int column = _positions[position];
        return _reader.GetFieldType(column) != typeof(string) ? _reader.GetFieldValue<TimeSpan>(column)
            : TimeSpan.TryParseExact(_reader.GetString(column), "c", CultureInfo.InvariantCulture, out TimeSpan value) ? value
            : throw Unreadable(position, "a text that is no length of time");
    }

    /// <inheritdoc/>
    public byte[] ReadBytes(int position) => _reader.GetFieldValue<byte[]>(_positions[position]);

    private long Whole(int position)
    {
        int column = _positions[position];
        Type type = _reader.GetFieldType(column);
        return type == typeof(bool) ? (_reader.GetBoolean(column) ? 1 : 0)
            : type == typeof(decimal) ? checked((long)Exact(position, _reader.GetDecimal(column)))
            : type == typeof(double) ? checked((long)Exact(position, (decimal)_reader.GetDouble(column)))
            // Not every driver widens.
            : type == typeof(short) ? _reader.GetInt16(column)
            : type == typeof(int) ? _reader.GetInt32(column)
            : type == typeof(string) ? long.TryParse(_reader.GetString(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Unreadable(position, "a text that is no whole number")
            : type == typeof(byte[]) ? throw Unreadable(position, "bytes")
            : _reader.GetInt64(column);
    }

    /// <summary>The column, where a number in it can be a Julian day, as SQLite counts them: any other number is no date.</summary>
    private int CheckClock(int position)
    {
        int column = _positions[position];
        Type type = _reader.GetFieldType(column);
        return (type == typeof(long) || type == typeof(double)) && _reader.GetDouble(column) is not (>= FirstJulianDay and < LastJulianDay)
            ? throw Unreadable(position, "a number that is no date")
            : column;
    }

    private decimal Parsed(int position, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
        {
            throw Unreadable(position, "a text that is no number");
        }

        // Of more digits the last ones may have been rounded off.
        return text.TrimStart('-', '+', '0', '.').Count(char.IsAsciiDigit) <= 28 ? value : throw Unreadable(position, "a number of too many digits");
    }

    private decimal Exact(int position, decimal value) => decimal.Truncate(value) == value ? value : throw Unreadable(position, "a fraction");

    private InvalidDataException Unreadable(int position, string what) =>
        new($"Column '{_reader.GetName(_positions[position])}' of the result holds {what}, which the member that is read from it cannot hold.");
}

using System.Globalization;
using DbMove.Mapping;

namespace DbMove.PostgreSql.Binding;

/// <summary>Converts a member's value to what its column stores and hands it on.</summary>
/// <typeparam name="TValues">Where it goes: parameters, arrays or the COPY buffer.</typeparam>
internal struct ConvertingSink<TValues>(TValues values) : IColumnSink
    where TValues : struct, IStoredValues
{
    private TValues _values = values;

    /// <summary>The column that the next value is for.</summary>
    public ColumnBinding Column { get; set; } = null!;

    public readonly Side Side => Column.Side;

    public void WriteNull() => _values.PutNull(Column);

    public void Write(bool value)
    {
        if (Column.Type == PostgreSqlType.Boolean)
        {
            _values.Put(Column, value);
        }
        else
        {
            WriteInteger(value ? 1 : 0);
        }
    }

    public void Write(byte value) => WriteInteger(value);

    public void Write(sbyte value) => WriteInteger(value);

    public void Write(short value) => WriteInteger(value);

    public void Write(ushort value) => WriteInteger(value);

    public void Write(int value) => WriteInteger(value);

    public void Write(uint value) => WriteInteger(value);

    public void Write(long value) => WriteInteger(value);

    public void Write(ulong value) => _values.Put(Column, (decimal)value);

    public void Write(decimal value) => _values.Put(Column, value);

    public void Write(double value) => _values.Put(Column, value);

    public void Write(float value)
    {
        if (Column.Type == PostgreSqlType.Double)
        {
            _values.Put(Column, (double)value);
        }
        else
        {
            _values.Put(Column, value);
        }
    }

    public void Write(string value) => _values.Put(Column, value);

    public void Write(char value)
    {
        if (char.IsSurrogate(value))
        {
            throw new InvalidDataException($"Member {Column.Column.Member} holds half a character (a lone surrogate), which is no text.");
        }

        _values.Put(Column, value.ToString());
    }

    public void Write(Guid value)
    {
        if (Column.Type == PostgreSqlType.Uuid)
        {
            _values.Put(Column, value);
        }
        else
        {
            _values.Put(Column, value.ToString("D", CultureInfo.InvariantCulture));
        }
    }

    // A zone's local time is turned to UTC for a column of instants; without a zone in the column the digits are kept.
    public void Write(DateTime value) => _values.Put(Column, StoredTime.FromTicks(
        Column.Type == PostgreSqlType.TimestampTz && value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks,
        Column.Granularity));

    public void Write(DateTimeOffset value) => _values.Put(Column, StoredTime.FromTicks(value.UtcTicks, Column.Granularity));

    public void Write(DateOnly value) => _values.Put(Column, StoredTime.FromDate(value));

    public void Write(TimeOnly value) => _values.Put(Column, StoredTime.FromTime(value, Column.Granularity));

    public void Write(TimeSpan value) => _values.Put(Column, StoredTime.FromSpan(value, Column.Granularity));

    public void Write(byte[] value) => _values.Put(Column, value);

    private void WriteInteger(long value)
    {
        switch (Column.Type)
        {
            // ColumnRules admits only columns that hold every value of the member, so nothing is cut here.
            case PostgreSqlType.SmallInt:
                _values.Put(Column, checked((short)value));
                break;
            case PostgreSqlType.Integer:
                _values.Put(Column, checked((int)value));
                break;
            case PostgreSqlType.Numeric:
                _values.Put(Column, (decimal)value);
                break;
            default:
                _values.Put(Column, value);
                break;
        }
    }
}

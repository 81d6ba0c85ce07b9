using System.Text;
using DbMove.Mapping;
using Microsoft.Data.Sqlite;

namespace DbMove.Sqlite.Values;

/// <summary>Gives a parameter of the driver's a value in the storage class and form in which a mapped column keeps it, as <see cref="ParameterSink"/> does.</summary>
internal readonly struct CommandSink(SqliteParameter parameter, StoredColumn column) : IColumnSink
{
    public Side Side => column.Side;

    public void WriteNull() => parameter.Value = DBNull.Value;

    public void Write(bool value) => Write(value ? 1L : 0L);

    public void Write(byte value) => Write((long)value);

    public void Write(sbyte value) => Write((long)value);

    public void Write(short value) => Write((long)value);

    public void Write(ushort value) => Write((long)value);

    public void Write(int value) => Write((long)value);

    public void Write(uint value) => Write((long)value);

    public void Write(long value) => parameter.Value = value;

    public void Write(ulong value) => Write(value <= long.MaxValue
        ? (long)value
        : throw column.Unstorable("is greater than 9223372036854775807, the greatest integer of SQLite"));

    public void Write(decimal value)
    {
        if (column.RoundsDecimals && !DecimalDigits.FitBinary(value))
        {
            throw column.Unstorable("has more than 15 digits, and the column's type makes SQLite keep it as a binary number. Declare the column TEXT");
        }

        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Put(text[..TextForms.Write(text, value)]);
    }

    public void Write(double value) => parameter.Value = double.IsNaN(value) ? throw column.Unstorable("is NaN, which SQLite turns into null") : value;

    public void Write(float value) => Write((double)value);

    public void Write(string value)
    {
        try
        {
            _ = TextForms.Utf8.GetByteCount(value);
        }
        catch (EncoderFallbackException exception)
        {
            throw column.Unstorable("holds half of a surrogate pair, which no UTF-8 text can hold", exception);
        }

        parameter.Value = value;
    }

    public void Write(char value) => Write(value.ToString());

    public void Write(Guid value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Put(text[..TextForms.Write(text, value)]);
    }

    public void Write(DateTime value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Put(text[..TextForms.Write(text, new DateTime(column.CutDown(value.Ticks)))]);
    }

    public void Write(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Put(text[..TextForms.Write(text, new DateTimeOffset(column.CutDown(value.UtcTicks), TimeSpan.Zero))]);
    }

    public void Write(DateOnly value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Put(text[..TextForms.Write(text, value)]);
    }

    public void Write(TimeOnly value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Put(text[..TextForms.Write(text, new TimeOnly(column.CutDown(value.Ticks)))]);
    }

    public void Write(TimeSpan value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Put(text[..TextForms.Write(text, new TimeSpan(column.CutDown(value.Ticks)))]);
    }

    public void Write(byte[] value) => parameter.Value = value;

    private void Put(ReadOnlySpan<byte> text) => parameter.Value = Encoding.UTF8.GetString(text);
}

using System.Text;
using DbMove.Mapping;

namespace DbMove.Sqlite.Values;

/// <summary>Puts members' values in the storage class and form in which their column keeps them, those that EF Core and the driver use.</summary>
/// <param name="place">Where to.</param>
internal readonly struct ValueSink<TPlace>(TPlace place) : IColumnSink
    where TPlace : struct, IStoredPlace
{
    public Side Side => place.Column.Side;

    public void WriteNull() => place.PutNull();

    public void Write(bool value) => Write(value ? 1L : 0L);

    public void Write(byte value) => Write((long)value);

    public void Write(sbyte value) => Write((long)value);

    public void Write(short value) => Write((long)value);

    public void Write(ushort value) => Write((long)value);

    public void Write(int value) => Write((long)value);

    public void Write(uint value) => Write((long)value);

    public void Write(long value) => place.PutInteger(value);

    // Its bits as a signed number would sort below zero and mean something else to every other program.
    public void Write(ulong value) => Write(value <= long.MaxValue
        ? (long)value
        : throw place.Column.Unstorable("is greater than 9223372036854775807, the greatest integer of SQLite"));

    public void Write(decimal value)
    {
        if (place.Column.RoundsDecimals && !DecimalDigits.FitBinary(value))
        {
            throw place.Column.Unstorable("has more than 15 digits, and the column's type makes SQLite keep it as a binary number. Declare the column TEXT");
        }

        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        place.PutText(text[..TextForms.Write(text, value)]);
    }

    public void Write(double value) => place.PutReal(!double.IsNaN(value)
        ? value
        : throw place.Column.Unstorable("is NaN, which SQLite turns into null"));

    public void Write(float value) => Write((double)value);

    public void Write(string value)
    {
        try
        {
            place.PutText(value);
        }
        catch (EncoderFallbackException exception)
        {
            throw place.Column.Unstorable("holds half of a surrogate pair, which no UTF-8 text can hold", exception);
        }
    }

    public void Write(char value)
    {
        if (char.IsSurrogate(value))
        {
            throw place.Column.Unstorable("is half of a surrogate pair, which no UTF-8 text can hold");
        }

        Span<byte> text = stackalloc byte[4];
        place.PutText(text[..TextForms.Utf8.GetBytes([value], text)]);
    }

    public void Write(Guid value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        place.PutText(text[..TextForms.Write(text, value)]);
    }

    public void Write(DateTime value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        place.PutText(text[..TextForms.Write(text, new DateTime(place.Column.CutDown(value.Ticks)))]);
    }

    public void Write(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        place.PutText(text[..TextForms.Write(text, new DateTimeOffset(place.Column.CutDown(value.UtcTicks), TimeSpan.Zero))]);
    }

    public void Write(DateOnly value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        place.PutText(text[..TextForms.Write(text, value)]);
    }

    public void Write(TimeOnly value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        place.PutText(text[..TextForms.Write(text, new TimeOnly(place.Column.CutDown(value.Ticks)))]);
    }

    public void Write(TimeSpan value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        place.PutText(text[..TextForms.Write(text, new TimeSpan(place.Column.CutDown(value.Ticks)))]);
    }

    public void Write(byte[] value) => place.PutBlob(value);
}

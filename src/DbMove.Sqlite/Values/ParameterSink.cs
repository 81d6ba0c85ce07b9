using System.Buffers;
using System.Text;
using DbMove.Mapping;
using DbMove.Sqlite.Sessions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite.Values;

/// <summary>Binds members to a statement's parameters without boxing, in the storage classes that EF Core and the driver use.</summary>
internal struct ParameterSink(RowStatement statement) : IColumnSink
{
    private const int StackBytes = 256;
    private readonly sqlite3_stmt _statement = statement.Handle;
    private StoredColumn? _column;
    private int _index;

    /// <summary>The column and the parameter, from 1, that the next value is for.</summary>
    public void MoveTo(int index, StoredColumn column) => (_index, _column) = (index, column);

    public readonly Side Side => Column.Side;

    public readonly void WriteNull() => Check(raw.sqlite3_bind_null(_statement, _index));

    public readonly void Write(bool value) => Write(value ? 1L : 0L);

    public readonly void Write(byte value) => Write((long)value);

    public readonly void Write(sbyte value) => Write((long)value);

    public readonly void Write(short value) => Write((long)value);

    public readonly void Write(ushort value) => Write((long)value);

    public readonly void Write(int value) => Write((long)value);

    public readonly void Write(uint value) => Write((long)value);

    public readonly void Write(long value) => Check(raw.sqlite3_bind_int64(_statement, _index, value));

    public readonly void Write(ulong value)
    {
        if (value > long.MaxValue)
        {
            // Its bits as a signed number would sort below zero and mean something else to every other program.
            throw Column.Unstorable("is greater than 9223372036854775807, the greatest integer of SQLite");
        }

        Write((long)value);
    }

    public readonly void Write(decimal value)
    {
        if (Column.RoundsDecimals && !DecimalDigits.FitBinary(value))
        {
            throw Column.Unstorable("has more than 15 digits, and the column's type makes SQLite keep it as a binary number. Declare the column TEXT");
        }

        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Bind(text[..TextForms.Write(text, value)]);
    }

    public readonly void Write(double value)
    {
        if (double.IsNaN(value))
        {
            throw Column.Unstorable("is NaN, which SQLite turns into null");
        }

        Check(raw.sqlite3_bind_double(_statement, _index, value));
    }

    public readonly void Write(float value) => Write((double)value);

    public readonly void Write(string value)
    {
        int most = TextForms.Utf8.GetMaxByteCount(value.Length);
        byte[]? rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> text = rented ?? stackalloc byte[StackBytes];
        try
        {
            Bind(text[..TextForms.Utf8.GetBytes(value, text)]);
        }
        catch (EncoderFallbackException exception)
        {
            throw Column.Unstorable("holds half of a surrogate pair, which no UTF-8 text can hold", exception);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    public readonly void Write(char value)
    {
        Span<char> text = [value];
        Span<byte> bytes = stackalloc byte[4];
        if (char.IsSurrogate(value))
        {
            throw Column.Unstorable("is half of a surrogate pair, which no UTF-8 text can hold");
        }

        Bind(bytes[..TextForms.Utf8.GetBytes(text, bytes)]);
    }

    public readonly void Write(Guid value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Bind(text[..TextForms.Write(text, value)]);
    }

    public readonly void Write(DateTime value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Bind(text[..TextForms.Write(text, new DateTime(Column.CutDown(value.Ticks)))]);
    }

    public readonly void Write(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Bind(text[..TextForms.Write(text, new DateTimeOffset(Column.CutDown(value.UtcTicks), TimeSpan.Zero))]);
    }

    public readonly void Write(DateOnly value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Bind(text[..TextForms.Write(text, value)]);
    }

    public readonly void Write(TimeOnly value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Bind(text[..TextForms.Write(text, new TimeOnly(Column.CutDown(value.Ticks)))]);
    }

    public readonly void Write(TimeSpan value)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        Bind(text[..TextForms.Write(text, new TimeSpan(Column.CutDown(value.Ticks)))]);
    }

    public readonly void Write(byte[] value) => Check(raw.sqlite3_bind_blob(_statement, _index, value));

    private readonly StoredColumn Column => _column!;

    private readonly void Bind(ReadOnlySpan<byte> text) => Check(raw.sqlite3_bind_text(_statement, _index, text));

    private readonly void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException($"Column '{Column.Name}' of table '{Column.Table}' could not be bound: {raw.sqlite3_errstr(code).utf8_to_string()}.", code);
        }
    }
}

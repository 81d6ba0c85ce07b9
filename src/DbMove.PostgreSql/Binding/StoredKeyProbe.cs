using DbMove.Mapping;

namespace DbMove.PostgreSql.Binding;

/// <summary>
/// Looks whether a given key may be stored as another value, which the text of its intent must follow. Asked key by key,
/// so that the keys that are stored as they are still take one round trip.
/// </summary>
internal struct StoredKeyProbe : IColumnSink
{
    /// <summary>The column that the next value is for.</summary>
    public ColumnBinding Column { get; set; }

    /// <summary>Whether a part seen so far may be stored as another value.</summary>
    public bool MayDiffer { get; private set; }

    public readonly Side Side => Column.Side;

    // ConvertingSink turns it into UTC.
    public void Write(DateTime value) => MayDiffer |= Column.Type == PostgreSqlType.TimestampTz && value.Kind == DateTimeKind.Local;

    // The server cuts blanks beyond the length of varchar(n) without a word. It counts characters, of which there are never
    // more than there are chars.
    public void Write(string value) => MayDiffer |= Column.Schema.MaxLength is int length && value.Length > length;

    public readonly void WriteNull()
    {
    }

    public readonly void Write(bool value)
    {
    }

    public readonly void Write(byte value)
    {
    }

    public readonly void Write(sbyte value)
    {
    }

    public readonly void Write(short value)
    {
    }

    public readonly void Write(ushort value)
    {
    }

    public readonly void Write(int value)
    {
    }

    public readonly void Write(uint value)
    {
    }

    public readonly void Write(long value)
    {
    }

    public readonly void Write(ulong value)
    {
    }

    public readonly void Write(decimal value)
    {
    }

    public readonly void Write(double value)
    {
    }

    public readonly void Write(float value)
    {
    }

    public readonly void Write(char value)
    {
    }

    public readonly void Write(Guid value)
    {
    }

    public readonly void Write(DateTimeOffset value)
    {
    }

    public readonly void Write(DateOnly value)
    {
    }

    public readonly void Write(TimeOnly value)
    {
    }

    public readonly void Write(TimeSpan value)
    {
    }

    public readonly void Write(byte[] value)
    {
    }
}

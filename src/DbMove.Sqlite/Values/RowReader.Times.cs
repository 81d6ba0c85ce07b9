using System.Globalization;
using SQLitePCL;

namespace DbMove.Sqlite.Values;

/// <content>Guids, dates and times: kept as text, met as much else.</content>
internal readonly partial struct RowReader
{
    // Julian days of 0001-01-01 and of the end of 9999-12-31; an INTEGER or REAL outside is no date.
    private const double FirstJulianDay = 1721425.5;
    private const double LastJulianDay = 5373484.5;

    public Guid ReadGuid(int position)
    {
        ReadOnlySpan<byte> bytes = Bytes(position);
        Guid value;
        switch (raw.sqlite3_column_type(statement, position))
        {
            case raw.SQLITE_TEXT when Guid.TryParse(bytes, CultureInfo.InvariantCulture, out value):
                break;
            case raw.SQLITE_BLOB when bytes.Length == 16:
                RefuseInKey(position);
                return new Guid(bytes);
            default:
                throw Unreadable(position);
        }

        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        RequireText(position, text[..TextForms.Write(text, value)]);
        return value;
    }

    public DateTime ReadDateTime(int position)
    {
        DateTime clock = ReadClock(position, out TimeSpan? offset);
        if (offset is { Ticks: not 0 })
        {
            // A member without zone cannot say which instant this is.
            throw Unreadable(position);
        }

        DateTime value = new(columns[position].CutDown(clock.Ticks));
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        RequireText(position, text[..TextForms.Write(text, value)]);
        return value;
    }

    public DateTimeOffset ReadDateTimeOffset(int position)
    {
        DateTime clock = ReadClock(position, out TimeSpan? offset);
        long ticks = clock.Ticks - (offset ?? TimeSpan.Zero).Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            throw Unreadable(position);
        }

        DateTimeOffset value = new(columns[position].CutDown(ticks), TimeSpan.Zero);
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        RequireText(position, text[..TextForms.Write(text, value)]);
        return value;
    }

    public DateOnly ReadDateOnly(int position)
    {
        DateTime clock = ReadClock(position, out TimeSpan? offset);
        if (clock.TimeOfDay != TimeSpan.Zero || offset is { Ticks: not 0 })
        {
            throw Unreadable(position);
        }

        DateOnly value = DateOnly.FromDateTime(clock);
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        RequireText(position, text[..TextForms.Write(text, value)]);
        return value;
    }

    public TimeOnly ReadTimeOnly(int position)
    {
        if (raw.sqlite3_column_type(statement, position) != raw.SQLITE_TEXT || !ClockText.TryParseTime(Bytes(position), out TimeOnly parsed))
        {
            throw Unreadable(position);
        }

        TimeOnly value = new(columns[position].CutDown(parsed.Ticks));
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        RequireText(position, text[..TextForms.Write(text, value)]);
        return value;
    }

    public TimeSpan ReadTimeSpan(int position) =>
        raw.sqlite3_column_type(statement, position) == raw.SQLITE_TEXT && TimeSpan.TryParseExact(ReadString(position), "c", CultureInfo.InvariantCulture, out TimeSpan value)
            ? new TimeSpan(columns[position].CutDown(value.Ticks))
            : throw Unreadable(position);

    private DateTime ReadClock(int position, out TimeSpan? offset)
    {
        offset = null;
        switch (raw.sqlite3_column_type(statement, position))
        {
            case raw.SQLITE_TEXT when ClockText.TryParse(Bytes(position), out DateTime clock, out offset):
                return clock;
            case raw.SQLITE_FLOAT or raw.SQLITE_INTEGER:
                RefuseInKey(position);
                double day = raw.sqlite3_column_double(statement, position);
                if (!(day >= FirstJulianDay && day < LastJulianDay))
                {
                    throw Unreadable(position);
                }

                // SQLite's own date functions count Julian days in milliseconds.
                return DateTime.MinValue.AddMilliseconds(Math.Round((day - FirstJulianDay) * 86_400_000));
            default:
                throw Unreadable(position);
        }
    }

    /// <summary>A key is looked up by its text, so the stored text must be the very one that DbMove writes.</summary>
    private void RequireText(int position, ReadOnlySpan<byte> canonical)
    {
        if (columns[position].IsKey && !Bytes(position).SequenceEqual(canonical))
        {
            throw Uncanonical(position);
        }
    }

    private void RefuseInKey(int position)
    {
        if (columns[position].IsKey)
        {
            throw Uncanonical(position);
        }
    }

    private InvalidDataException Uncanonical(int position) =>
        new($"{Place(position)} is a key in another form than the one that {columns[position].Type} keys are looked up by "
            + "(integers as INTEGER, Guids as upper-case text with dashes, dates as 'yyyy-MM-dd HH:mm:ss.FFFFFFF' cut down to the precision of both sides). Rewrite the column's values in that form.");

    private InvalidDataException Unreadable(int position, Exception? inner = null) =>
        new($"{Place(position)} holds {StorageClass(position)} that cannot be read as {columns[position].Type}. Correct the value, or map the column to another type.", inner);

    private string StorageClass(int position) => raw.sqlite3_column_type(statement, position) switch
    {
        raw.SQLITE_INTEGER => "an integer",
        raw.SQLITE_FLOAT => "a floating-point number",
        raw.SQLITE_TEXT => "a text",
        raw.SQLITE_BLOB => "bytes",
        _ => "null",
    };

    /// <summary>Table, column and, as far as it can be told, the row's key.</summary>
    private string Place(int position) => $"Column '{columns[position].Name}' of table '{columns[position].Table}' in {Row}";

    /// <summary>Names the row by its key, as far as it can be told.</summary>
    public string Row => $"the row with {string.Join(", ", Key())}";

    private List<string> Key()
    {
        List<string> key = [];
        for (int index = 0; index < columns.Length; index++)
        {
            // Of a caller's own query not every column is mapped.
            if (columns[index] is { IsKey: true })
            {
                key.Add($"{columns[index].Name} = {raw.sqlite3_column_text(statement, index).utf8_to_string() ?? "null"}");
            }
        }

        return key;
    }
}

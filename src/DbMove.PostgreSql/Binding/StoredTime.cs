using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>
/// Dates and times as the server counts them. Npgsql's own conversion makes infinity of the least and greatest DateTime,
/// and back; counting here keeps every value apart and refuses infinity.
/// </summary>
internal static class StoredTime
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;
    private const long MicrosecondsPerDay = TimeSpan.TicksPerDay / TicksPerMicrosecond;
    private static readonly long s_epochTicks = new DateTime(2000, 1, 1).Ticks;
    private static readonly int s_epochDay = new DateOnly(2000, 1, 1).DayNumber;

    public static long FromTicks(long ticks, long granularity) => (Cut(ticks, granularity) - s_epochTicks) / TicksPerMicrosecond;

    public static long ToTicks(long microseconds, ColumnBinding column)
    {
        // The bounds are compared in microseconds, where nothing overflows; infinity lies outside them.
        if (microseconds < (DateTime.MinValue.Ticks - s_epochTicks) / TicksPerMicrosecond
            || microseconds > (DateTime.MaxValue.Ticks - s_epochTicks) / TicksPerMicrosecond)
        {
            throw Unreadable(column, microseconds is long.MaxValue or long.MinValue ? "infinity" : "a time outside the years 1 to 9999");
        }

        return Cut((microseconds * TicksPerMicrosecond) + s_epochTicks, column.Granularity);
    }

    public static int FromDate(DateOnly date) => date.DayNumber - s_epochDay;

    public static DateOnly ToDate(int days, ColumnBinding column)
    {
        if (days < DateOnly.MinValue.DayNumber - s_epochDay || days > DateOnly.MaxValue.DayNumber - s_epochDay)
        {
            throw Unreadable(column, days is int.MaxValue or int.MinValue ? "infinity" : "a date outside the years 1 to 9999");
        }

        return DateOnly.FromDayNumber(days + s_epochDay);
    }

    public static long FromTime(TimeOnly time, long granularity) => Cut(time.Ticks, granularity) / TicksPerMicrosecond;

    public static TimeOnly ToTime(long microseconds, ColumnBinding column)
    {
        if (microseconds is < 0 or >= MicrosecondsPerDay)
        {
            throw Unreadable(column, "the time 24:00");
        }

        return new TimeOnly(Cut(microseconds * TicksPerMicrosecond, column.Granularity));
    }

    // Days apart from the rest, as the server itself writes "1 day 02:03:04"; it compares the sum.
    public static NpgsqlInterval FromSpan(TimeSpan span, long granularity)
    {
        long ticks = Cut(span.Ticks, granularity);
        return new NpgsqlInterval(0, (int)(ticks / TimeSpan.TicksPerDay), ticks % TimeSpan.TicksPerDay / TicksPerMicrosecond);
    }

    public static TimeSpan ToSpan(NpgsqlInterval interval, ColumnBinding column)
    {
        if (interval.Months != 0)
        {
            throw Unreadable(column, "an interval with months or years, whose length is not fixed");
        }

        Int128 ticks = ((Int128)interval.Days * TimeSpan.TicksPerDay) + ((Int128)interval.Time * TicksPerMicrosecond);
        return ticks < long.MinValue || ticks > long.MaxValue
            ? throw Unreadable(column, "an interval that is too long")
            : new TimeSpan(Cut((long)ticks, column.Granularity));
    }

    public static InvalidDataException Unreadable(ColumnBinding column, string what) =>
        new($"Column \"{column.Schema.Name}\" holds {what}, which member {column.Column.Member} ({column.Column.TypeOn(column.Side)}) cannot hold.");

    private static long Cut(long ticks, long granularity) => ticks - (ticks % granularity);
}

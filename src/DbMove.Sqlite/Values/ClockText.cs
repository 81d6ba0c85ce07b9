namespace DbMove.Sqlite.Values;

/// <summary>
/// Reads dates and times as other programs write them to SQLite: with a blank or a T between, with or without seconds,
/// fraction and zone.
/// </summary>
internal static class ClockText
{
    /// <summary>Reads <c>yyyy-MM-dd[ HH:mm[:ss[.f]][Z|±HH[:]mm]]</c>; the offset is null when none is written.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime clock, out TimeSpan? offset)
    {
        clock = default;
        offset = null;
        if (!TryTakeDate(ref text, out DateOnly date))
        {
            return false;
        }

        long ticks = 0;
        if (text.Length > 0)
        {
            if (text[0] is not ((byte)' ' or (byte)'T' or (byte)'t'))
            {
                return false;
            }

            text = text[1..];
            if (!TryTakeTime(ref text, out ticks) || !TryTakeOffset(ref text, out offset))
            {
                return false;
            }
        }

        clock = date.ToDateTime(TimeOnly.MinValue).AddTicks(ticks);
        return text.Length == 0;
    }

    /// <summary>Reads <c>HH:mm[:ss[.f]]</c>.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out TimeOnly time)
    {
        bool isTime = TryTakeTime(ref text, out long ticks) && text.Length == 0;
        time = isTime ? new TimeOnly(ticks) : default;
        return isTime;
    }

    private static bool TryTakeDate(ref ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (!TryTakeNumber(ref text, 4, out int year) || !TryTake(ref text, '-') || !TryTakeNumber(ref text, 2, out int month)
            || !TryTake(ref text, '-') || !TryTakeNumber(ref text, 2, out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        int second = 0;
        int fraction = 0;
        if (!TryTakeNumber(ref text, 2, out int hour) || !TryTake(ref text, ':') || !TryTakeNumber(ref text, 2, out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        if (TryTake(ref text, ':') && (!TryTakeNumber(ref text, 2, out second) || second > 59 || (TryTake(ref text, '.') && !TryTakeFraction(ref text, out fraction))))
        {
            return false;
        }

        ticks = (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + fraction;
        return true;
    }

    /// <summary>Digits after the point as ticks; what is finer than a tick is cut off.</summary>
    private static bool TryTakeFraction(ref ReadOnlySpan<byte> text, out int ticks)
    {
        ticks = 0;
        int digits = 0;
        while (text.Length > 0 && char.IsAsciiDigit((char)text[0]))
        {
            ticks = digits < 7 ? (ticks * 10) + (text[0] - '0') : ticks;
            digits++;
            text = text[1..];
        }

        for (int digit = digits; digit < 7; digit++)
        {
            ticks *= 10;
        }

        return digits > 0;
    }

    private static bool TryTakeOffset(ref ReadOnlySpan<byte> text, out TimeSpan? offset)
    {
        offset = null;
        TryTake(ref text, ' ');
        if (text.Length == 0)
        {
            return true;
        }

        if (TryTake(ref text, 'Z') || TryTake(ref text, 'z'))
        {
            offset = TimeSpan.Zero;
            return true;
        }

        bool isNegative = text[0] == '-';
        if (!(TryTake(ref text, '+') || TryTake(ref text, '-')) || !TryTakeNumber(ref text, 2, out int hours))
        {
            return false;
        }

        TryTake(ref text, ':');
        int minutes = 0;
        if (hours > 14 || (text.Length > 0 && (!TryTakeNumber(ref text, 2, out minutes) || minutes > 59)))
        {
            return false;
        }

        TimeSpan size = new(hours, minutes, 0);
        offset = isNegative ? -size : size;
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, char expected)
    {
        bool isThere = text.Length > 0 && text[0] == expected;
        text = isThere ? text[1..] : text;
        return isThere;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits)
        {
            return false;
        }

        foreach (byte digit in text[..digits])
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        text = text[digits..];
        return true;
    }
}

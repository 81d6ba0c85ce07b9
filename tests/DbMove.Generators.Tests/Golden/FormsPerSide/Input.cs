using System;
using DbMove;

namespace Shop.Domain;

public enum Status
{
    Open,
    Paid,
}

public sealed class CentsConverter : IValueConverter<decimal, long>
{
    public static long ToStored(decimal value) => checked((long)(value * 100));

    public static decimal FromStored(long stored) => stored / 100m;
}

public sealed class TicksConverter : IValueConverter<TimeSpan, long>
{
    public static long ToStored(TimeSpan value) => value.Ticks;

    public static TimeSpan FromStored(long stored) => new(stored);
}

public sealed class TimeTextConverter : IValueConverter<TimeSpan, string>
{
    public static string ToStored(TimeSpan value) => value.ToString("c");

    public static TimeSpan FromStored(string stored) => TimeSpan.ParseExact(stored, "c", null);
}

[Migratable]
public sealed partial record Bill
{
    public long Id { get; init; }

    [StoreAsText(Side.Target)]
    public Status Status { get; init; }

    [StoreAsText(Side.Source)]
    public Status? Former { get; init; }

    [Convert<CentsConverter>(Side.Source)]
    public decimal Total { get; init; }

    [Convert<CentsConverter>(Side.Target)]
    public decimal? Rebate { get; init; }

    [Convert<TicksConverter>(Side.Source), Convert<TimeTextConverter>(Side.Target)]
    public TimeSpan Due { get; init; }

    // The other side has no column.
    [SourceOnly, StoreAsText(Side.Target)]
    public Status? Legacy { get; init; }

    [TargetOnly, StoreAsText(Side.Target)]
    public Status? Next { get; init; }

    // {new column}
}

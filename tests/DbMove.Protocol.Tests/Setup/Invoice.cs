using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Members that each side stores in a form of its own.</summary>
[Migratable, Table("invoice")]
public sealed partial record Invoice
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("carriage"), StoreAsText(Side.Target)]
    public Carriage Carriage { get; init; }

    [Column("former"), StoreAsText(Side.Source)]
    public Carriage? Former { get; init; }

    [Column("total"), Convert<CentsConverter>(Side.Source)]
    public decimal Total { get; init; }

    [Column("due"), Convert<TicksConverter>(Side.Source), Convert<TimeTextConverter>(Side.Target)]
    public TimeSpan? Due { get; init; }
}

public sealed class TicksConverter : IValueConverter<TimeSpan, long>
{
    public static long ToStored(TimeSpan value) => value.Ticks;

    public static TimeSpan FromStored(long stored) => new(stored);
}

public sealed class TimeTextConverter : IValueConverter<TimeSpan, string>
{
    public static string ToStored(TimeSpan value) => value.ToString("c", null);

    public static TimeSpan FromStored(string stored) => TimeSpan.ParseExact(stored, "c", null);
}

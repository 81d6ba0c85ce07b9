using System;
using DbMove;
using DbMove.Mapping;

namespace Shop.Domain;

public readonly record struct Sku(string Text);

public sealed class CentsConverter : IValueConverter<decimal, long>
{
    public static long ToStored(decimal value) => checked((long)decimal.Round(value * 100));

    public static decimal FromStored(long stored) => stored / 100m;
}

public sealed class PhoneComparer : IValueComparer<string>, IValueComparer<Sku>
{
    public static bool AreEqual(string left, string right) => left.Replace(" ", "") == right.Replace(" ", "");

    public static void AddToHash(string value, ref RowHash hash) => hash.Add(value.Replace(" ", ""));

    static bool IValueComparer<Sku>.AreEqual(Sku left, Sku right) => AreEqual(left.Text, right.Text);
}

public readonly struct TurnComparer : IValueComparer<int>
{
    static bool IValueComparer<int>.AreEqual(int left, int right) => left % 360 == right % 360;
}

[Migratable]
public sealed partial class Contact
{
    public int Id { get; set; }

    [NotCompared]
    public string? Remark { get; set; }

    [CompareTolerance(0.005)]
    public double Ratio { get; set; }

    [CompareTolerance(0.25)]
    public float? Share { get; set; }

    [CompareTolerance(0.005)]
    public decimal Price { get; set; }

    [CompareTolerance(1)]
    public byte? Count { get; set; }

    [CompareTolerance(2), Convert<CentsConverter>]
    public decimal? Fee { get; set; }

    [ComparePrecision(TimePrecision.Milliseconds)]
    public DateTimeOffset ChangedAt { get; set; }

    [ComparePrecision(TimePrecision.Seconds)]
    public DateTime? SeenAt { get; set; }

    [ComparePrecision(TimePrecision.Minutes)]
    public TimeOnly Opens { get; set; }

    [ComparePrecision(TimePrecision.Microseconds)]
    public TimeSpan Took { get; set; }

    [CompareText(TextComparison.Trimmed)]
    public required string Name { get; set; }

    [CompareText(TextComparison.IgnoreCase)]
    public Sku? Article { get; set; }

    [CompareText(TextComparison.Trimmed | TextComparison.IgnoreCase)]
    public string? Email { get; set; }

    [CompareJson]
    public string? Payload { get; set; }

    [CompareWith<PhoneComparer>]
    public string? Phone { get; set; }

    [CompareWith<PhoneComparer>]
    public Sku Model { get; set; }

    [CompareWith<TurnComparer>]
    public int? Angle { get; set; }

    // {new column}
}

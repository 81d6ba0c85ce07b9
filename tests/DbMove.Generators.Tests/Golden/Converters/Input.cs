using System;
using DbMove;

namespace Shop.Domain;

public sealed class UriConverter : IValueConverter<Uri, string>
{
    public static string ToStored(Uri value) => value.OriginalString;

    public static Uri FromStored(string stored) => new(stored, UriKind.RelativeOrAbsolute);
}

public readonly record struct Money(decimal Amount, string Currency);

internal readonly struct MoneyConverter : IValueConverter<Money, string>
{
    static string IValueConverter<Money, string>.ToStored(Money value) => value.Currency + value.Amount;

    static Money IValueConverter<Money, string>.FromStored(string stored) => new(decimal.Parse(stored[3..]), stored[..3]);
}

internal static partial class Conversions
{
    internal sealed class Cents<T> : IValueConverter<decimal, long>
    {
        public static long ToStored(decimal value) => (long)(value * 100);

        public static decimal FromStored(long stored) => stored / 100m;
    }
}

[Migratable]
public sealed partial class Link
{
    public long Id { get; set; }

    [Convert<UriConverter>]
    public required Uri Address { get; set; }

    [Convert<UriConverter>]
    public Uri? Mirror { get; set; }

    [Convert<MoneyConverter>]
    public Money Price { get; set; }

    [Convert<MoneyConverter>]
    public Money? Rebate { get; set; }

    [Convert<Conversions.Cents<int>>]
    public decimal Fee { get; set; }

    [Convert<Conversions.Cents<int>>]
    public decimal? Refund { get; set; }

    // {new column}
}

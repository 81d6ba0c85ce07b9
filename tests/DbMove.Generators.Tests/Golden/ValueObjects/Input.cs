using System;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;
using Shop.Library;

namespace Shop.Domain;

public readonly record struct OrderId(long Value);

public readonly record struct Line(short Number);

public record struct Sku(string Text);

public readonly struct Percent(decimal share) : IEquatable<Percent>
{
    public decimal Share { get; } = share;

    public bool Equals(Percent other) => Share == other.Share;

    public override bool Equals(object? obj) => obj is Percent other && Equals(other);

    public override int GetHashCode() => Share.GetHashCode();
}

public readonly record struct Weekday(DayOfWeek @class);

[Migratable, Table("positions")]
public sealed partial record Position([property: Key] OrderId Order, [property: Key] Line Line, Sku Sku)
{
    public Sku? Substitute { get; init; }

    public Percent Rebate { get; init; }

    public Percent? Bonus { get; init; }

    public Weekday Day { get; init; }

    public Weekday? Alternative { get; init; }

    public CarrierId? Carrier { get; init; }

    // {new column}
}

[Migratable, Table("orders")]
public sealed partial class Order
{
    [DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public OrderId Id { get; set; }

    public CarrierId Carrier { get; set; }
}

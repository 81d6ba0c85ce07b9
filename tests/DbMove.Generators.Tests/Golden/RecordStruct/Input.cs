using System;
using System.ComponentModel.DataAnnotations;
using DbMove;

namespace Shop.Domain;

[Migratable, TargetTable("quotes")]
public readonly partial record struct Quote([property: Key] string Symbol, [property: Key] DateTimeOffset At, double Price)
{
    public float? Spread { get; init; }

    // {new column}
}

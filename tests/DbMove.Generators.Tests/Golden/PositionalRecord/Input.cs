using System;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

[Migratable]
public sealed partial record Price([property: Key] int ProductId, [property: Key] DateOnly Day, [property: Column("amount")] decimal Amount, string? Note)
{
    public string? Origin { get; init; }

    // {new column}
}

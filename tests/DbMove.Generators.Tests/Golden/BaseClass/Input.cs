using System;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

public abstract class Row<TKey>
    where TKey : struct
{
    [Key, Column("row_id")]
    public TKey Id { get; protected set; }
}

public abstract class Audited : Row<Guid>
{
    [UpdatedAt]
    public DateTimeOffset ChangedAt { get; set; }

    public virtual string? Note { get; set; }
}

[Migratable]
public sealed partial class Shipment : Audited
{
    [Column("remark")]
    public override string? Note { get; set; }

    public decimal Weight { get; set; }

    // {new column}
}

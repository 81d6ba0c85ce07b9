using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.AotSmoke.Entities;

/// <summary>A struct with a composite key. [Table] is for classes only, so on the source the table has the type's name.</summary>
[Migratable, TargetTable("order_lines")]
public readonly partial record struct OrderLine
{
    [Key, Column("order_id", Order = 0)]
    public required long OrderId { get; init; }

    [Key, Column("line", Order = 1)]
    public required int Line { get; init; }

    [Column("quantity")]
    public short Quantity { get; init; }
}

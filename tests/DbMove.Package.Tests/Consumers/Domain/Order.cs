using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

/// <summary>An order.</summary>
[Migratable, Table("orders")]
public sealed partial record Order
{
    /// <summary>Its number, which the database gives.</summary>
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    /// <summary>Who ordered.</summary>
    [Column("customer_name"), TargetColumn("customer", TypeName = "TEXT")]
    public required string Customer { get; init; }

    /// <summary>What it costs.</summary>
    [Column("total")]
    public decimal Total { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Quickstart.Shop;

/// <summary>Who buys. The name's column is called otherwise on the target.</summary>
[Migratable, Table("customers")]
public sealed partial record Customer
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    [Column("name"), TargetColumn("full_name")]
    public required string Name { get; init; }

    [Column("email")]
    public required string Email { get; init; }

    [Column("city")]
    public required string City { get; init; }

    [Column("customer_since")]
    public DateOnly Since { get; init; }
}

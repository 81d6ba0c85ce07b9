using System;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

[Migratable(Name = "sales"), Table("orders", Schema = "old"), TargetTable("orders", Schema = "new")]
internal partial record Order
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    public decimal Total { get; init; }

    [DatabaseGenerated(DatabaseGeneratedOption.Computed)]
    public decimal Tax { get; init; }

    [UpdatedAt]
    public DateTimeOffset UpdatedAt { get; init; }

    public decimal Gross => Total + Tax;

    // {new column}
}

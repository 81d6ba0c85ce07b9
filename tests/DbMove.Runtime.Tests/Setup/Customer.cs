using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Runtime.Tests.Setup;

/// <summary>The parent.</summary>
[Migratable, Table("customer")]
public sealed partial record Customer
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("name")]
    public required string Name { get; init; }

    [Column("email")]
    public string? Email { get; init; }
}

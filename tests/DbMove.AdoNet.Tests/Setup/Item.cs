using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.AdoNet.Tests.Setup;

/// <summary>A table in a schema of its own, beside one of the same name.</summary>
[Migratable, Table("item", Schema = "stock")]
public sealed partial record Item
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("name")]
    public required string Name { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.AspNetCore.Tests.Setup;

[Migratable, Table("item")]
public sealed partial record Item
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("name")]
    public required string Name { get; init; }
}

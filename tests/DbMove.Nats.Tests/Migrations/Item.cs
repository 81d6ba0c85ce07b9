using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Nats.Tests.Migrations;

/// <summary>What moves.</summary>
[Migratable, Table("item")]
public sealed partial record Item
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("name")]
    public required string Name { get; init; }

    [Column("amount")]
    public long Amount { get; init; }
}

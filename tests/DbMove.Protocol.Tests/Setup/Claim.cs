using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>A parent in another schema on each side, neither of which any search path names.</summary>
[Migratable, Table("claim", Schema = "old shop"), TargetTable("claims", Schema = "New\"Shop")]
public sealed partial record Claim
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    [Column("code")]
    public required string Code { get; init; }

    [Column("amount")]
    public decimal Amount { get; init; }

    [Column("updated_at"), UpdatedAt]
    public DateTimeOffset UpdatedAt { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>The child of a claim; its table is called the same on both sides, but for the schema.</summary>
[Migratable, Table("part", Schema = "old shop"), TargetTable("part", Schema = "New\"Shop")]
public sealed partial record ClaimPart
{
    [Key, Column("claim_id", Order = 0)]
    public long ClaimId { get; init; }

    [Key, Column("line", Order = 1)]
    public int Line { get; init; }

    [Column("note")]
    public string? Note { get; init; }
}

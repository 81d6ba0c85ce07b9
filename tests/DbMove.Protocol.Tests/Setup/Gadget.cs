using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Columns that one side alone has; both call one of theirs "code".</summary>
[Migratable, Table("gadget")]
public sealed partial record Gadget
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("name")]
    public required string Name { get; init; }

    [SourceOnly, Column("legacy")]
    public string? Legacy { get; init; }

    [SourceOnly, Column("code")]
    public int? OldCode { get; init; }

    [TargetOnly, TargetColumn("code")]
    public string? NewCode { get; init; }

    [TargetOnly, Column("rank")]
    public long? Rank { get; init; }
}

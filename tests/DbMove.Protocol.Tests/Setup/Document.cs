using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>A version that DbMove counts, and tokens that the application sets.</summary>
[Migratable, Table("document")]
public sealed partial record Document
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("title")]
    public required string Title { get; init; }

    [Timestamp, Column("version"), TargetColumn("row_version")]
    public long Version { get; init; }

    [ConcurrencyCheck, Column("state")]
    public string? State { get; init; }

    [ConcurrencyCheck, Column("approved_at")]
    public DateTimeOffset? ApprovedAt { get; init; }
}

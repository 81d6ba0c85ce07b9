using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Columns of the target alone, in every form in which a value can be stored.</summary>
[Migratable, Table("spare")]
public sealed partial record Spare
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("name")]
    public required string Name { get; init; }

    [Timestamp, Column("version")]
    public long Version { get; init; }

    [TargetOnly, Column("tags")]
    public string[]? Tags { get; init; }

    [TargetOnly, Column("settings")]
    public string? Settings { get; init; }

    [TargetOnly, Column("carriage"), StoreAsText]
    public Carriage? Carriage { get; init; }

    [TargetOnly, Column("code")]
    public string? Code { get; init; }

    [TargetOnly, Column("number")]
    public int? Number { get; init; }

    [TargetOnly, Column("serial")]
    public long? Serial { get; init; }

    [TargetOnly, Column("made_at")]
    public DateTimeOffset? MadeAt { get; init; }

    [TargetOnly, Column("cents"), Convert<CentsConverter>]
    public decimal? Price { get; init; }

    [TargetOnly, Column("label")]
    public string? Label { get; init; }
}

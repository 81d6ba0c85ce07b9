using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Members whose difference does not always count.</summary>
[Migratable, Table("contact")]
public sealed partial record Contact
{
    [Column("id")]
    public long Id { get; init; }

    [Column("email"), CompareText(TextComparison.Trimmed | TextComparison.IgnoreCase)]
    public required string Email { get; init; }

    [Column("score"), CompareTolerance(0.05)]
    public decimal Score { get; init; }

    [Column("seen"), ComparePrecision(TimePrecision.Seconds)]
    public DateTime Seen { get; init; }

    [Column("settings"), CompareJson]
    public string? Settings { get; init; }

    [Column("angle"), CompareWith<TurnComparer>]
    public int? Angle { get; init; }

    [Column("remark"), NotCompared]
    public string? Remark { get; init; }

    [Column("total")]
    public decimal Total { get; init; }
}

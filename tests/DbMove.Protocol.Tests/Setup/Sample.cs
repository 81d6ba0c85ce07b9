using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Values that two engines hold in different forms.</summary>
[Migratable, Table("sample")]
public sealed partial record Sample
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("amount")]
    public decimal Amount { get; init; }

    [Column("ratio")]
    public double Ratio { get; init; }

    [Column("at")]
    public DateTimeOffset At { get; init; }

    [Column("local")]
    public DateTime Local { get; init; }

    [Column("mark")]
    public Guid Mark { get; init; }

    [Column("flag")]
    public bool Flag { get; init; }

    [Column("note")]
    public string? Note { get; init; }
}

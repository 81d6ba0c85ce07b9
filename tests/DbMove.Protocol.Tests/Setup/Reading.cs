using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Values that the database makes, no two alike.</summary>
[Migratable, Table("reading")]
public sealed partial record Reading
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    [Column("made_at"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public DateTimeOffset MadeAt { get; init; }

    [Column("chance"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public double Chance { get; init; }

    [Column("mark"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public Guid Mark { get; init; }

    [Column("amount")]
    public long Amount { get; init; }
}

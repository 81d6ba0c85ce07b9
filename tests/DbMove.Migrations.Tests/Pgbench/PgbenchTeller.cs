using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Pgbench;

/// <summary>A row of pgbench_tellers.</summary>
[Migratable, Table("pgbench_tellers")]
public sealed partial record PgbenchTeller
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("tid")]
    public int Id { get; init; }

    [Column("bid")]
    public int? Branch { get; init; }

    [Column("tbalance")]
    public int? Balance { get; init; }

    [Column("filler")]
    public string? Filler { get; init; }
}

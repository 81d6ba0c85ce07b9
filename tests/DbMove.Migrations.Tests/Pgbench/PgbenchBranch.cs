using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Pgbench;

/// <summary>A row of pgbench_branches.</summary>
[Migratable, Table("pgbench_branches")]
public sealed partial record PgbenchBranch
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("bid")]
    public int Id { get; init; }

    [Column("bbalance")]
    public int? Balance { get; init; }

    [Column("filler")]
    public string? Filler { get; init; }
}

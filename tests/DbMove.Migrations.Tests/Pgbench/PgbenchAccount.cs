using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Pgbench;

/// <summary>A row of pgbench_accounts.</summary>
[Migratable, Table("pgbench_accounts")]
public sealed partial record PgbenchAccount
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("aid")]
    public int Id { get; init; }

    [Column("bid")]
    public int? Branch { get; init; }

    [Column("abalance")]
    public int? Balance { get; init; }

    [Column("filler")]
    public string? Filler { get; init; }
}

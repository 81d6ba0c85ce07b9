using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.CrashProcess;

/// <summary>The parent: a key that the database makes.</summary>
[Migratable, Table("account")]
public sealed partial record Account
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    [Column("owner")]
    public required string Owner { get; init; }

    [Column("balance"), TargetColumn("amount")]
    public long Balance { get; init; }
}

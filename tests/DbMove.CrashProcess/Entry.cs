using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.CrashProcess;

/// <summary>The child: a composite key, and a foreign key to the parent.</summary>
[Migratable, Table("entry")]
public sealed partial record Entry
{
    [Key, Column("account_id", Order = 0)]
    public long AccountId { get; init; }

    [Key, Column("line", Order = 1)]
    public int Line { get; init; }

    [Column("note")]
    public string? Note { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Chaos.Bank;

/// <summary>The parent. The writer makes its key, so a deleted key comes back.</summary>
[Migratable, Table("account")]
public sealed partial record Account
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long Id { get; init; }

    [Column("balance"), TargetColumn("amount")]
    public long Balance { get; init; }

    /// <summary>Which write made the row what it is: the writer's own running number.</summary>
    [Column("version")]
    public long Version { get; init; }

    [Column("note")]
    public string? Note { get; init; }

    /// <summary>A row whose note follows from its key and version, so that a verdict can tell every column.</summary>
    public static Account Of(long id, long balance, long version) => new() { Id = id, Balance = balance, Version = version, Note = NoteOf(id, version) };

    public static string? NoteOf(long id, long version) => version % 7 == 0 ? null : $"{id}@{version}" + new string('x', (int)(version % 40));
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.BackfillProcess;

/// <summary>The row that these tests move.</summary>
[Migratable, Table("item")]
public sealed partial record Item
{
    /// <summary>The same definition works on every engine.</summary>
    public const string Definition = "CREATE TABLE item (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, amount INTEGER NOT NULL)";

    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("id")]
    public long Id { get; init; }

    [Column("name")]
    public required string Name { get; init; }

    [Column("amount")]
    public int Amount { get; init; }
}

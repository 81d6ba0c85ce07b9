using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>What is migrated: a key, a value that no two writes share, and a unique column that may be empty.</summary>
[Migratable, Table("item")]
public sealed partial record Item
{
    /// <summary>The key of a row that the server is to number.</summary>
    public const long Unnumbered = 0;

    [Key, Column("id")]
    public long Id { get; init; }

    [Column("value")]
    public long Value { get; init; }

    [Column("slot")]
    public long? Slot { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>A key whose parts engines like to order each in its own way.</summary>
[Migratable, Table("device")]
public sealed partial record Device
{
    [Key, Column("name", Order = 0)]
    public required string Name { get; init; }

    [Key, Column("mark", Order = 1)]
    public Guid Mark { get; init; }

    [Column("load")]
    public long Load { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>A struct, no record, with a key of two columns; the target has other names for its table and for a part of the key.</summary>
[Migratable, TargetTable("tiles")]
public readonly partial struct Tile
{
    [Key, Column("x", Order = 0), TargetColumn("across")]
    public int X { get; init; }

    [Key, Column("y", Order = 1)]
    public int Y { get; init; }

    [Column("colour"), StoreAsText]
    public Carriage Colour { get; init; }

    [Column("height")]
    public long Height { get; init; }
}

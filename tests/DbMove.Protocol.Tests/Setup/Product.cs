using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Arrays, in an entity that can be changed after it was read.</summary>
[Migratable, Table("product")]
public sealed partial class Product
{
    [Key, Column("id")]
    public long Id { get; set; }

    [Column("tags")]
    public required string[] Tags { get; set; }

    [Column("sizes")]
    public int[]? Sizes { get; set; }

    [Column("numbers")]
    public long[] Numbers { get; set; } = [];

    [Column("ratios")]
    public double[] Ratios { get; set; } = [];

    [Column("prices")]
    public decimal[] Prices { get; set; } = [];

    [Column("flags")]
    public bool[] Flags { get; set; } = [];

    [Column("related")]
    public Guid[] Related { get; set; } = [];

    [Column("picture")]
    public byte[]? Picture { get; set; }
}

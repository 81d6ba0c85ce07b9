using System;
using DbMove;

namespace Shop.Domain;

[Migratable]
public sealed partial class Product
{
    public long Id { get; set; }

    public required string[] Tags { get; set; }

    public int[]? Sizes { get; set; }

    public short[] Shorts { get; set; } = [];

    public long[] Longs { get; set; } = [];

    public bool[] Flags { get; set; } = [];

    public float[] Weights { get; set; } = [];

    public double[] Ratios { get; set; } = [];

    public decimal[] Prices { get; set; } = [];

    public Guid[] Related { get; set; } = [];

    public byte[] Picture { get; set; } = [];

    // {new column}
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

[Migratable, Table("translations")]
public sealed partial class Translation
{
    [Key, Column("lang", Order = 2)]
    public required string Language { get; set; }

    [Key, Column("product_id", Order = 1)]
    public long ProductId { get; set; }

    [Key, Column("kind", Order = 3)]
    public TextKind Kind { get; set; }

    public string? Text { get; set; }

    // {new column}
}

public enum TextKind : short
{
    Title,
    Body,
}

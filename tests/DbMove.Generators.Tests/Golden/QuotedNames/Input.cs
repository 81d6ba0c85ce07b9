using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

[Migratable(Name = "odd \"name\""), Table("my \"odd\" table", Schema = "sch\"ema"), TargetTable("tab`le's [one]", Schema = "a.b")]
public sealed partial class Odd
{
    [Column("i\"d")]
    public int Id { get; set; }

    [Column("back\\slash"), TargetColumn("new\nline")]
    public string? Slash { get; set; }

    [Column("{brace}"), TargetColumn("größe 数")]
    public int Brace { get; set; }

    [Column("\"\"\""), TargetColumn(@"""")]
    public int Raw { get; set; }

    // {new column}
}

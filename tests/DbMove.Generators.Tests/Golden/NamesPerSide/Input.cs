using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

[Migratable, Table("cust\"omers"), TargetTable("customers")]
public sealed partial class @class
{
    [Column("cust_id"), TargetColumn("id")]
    public int Id { get; set; }

    [Column("select"), TargetColumn("where")]
    public string @event { get; set; } = "";

    [TargetColumn("e_mail")]
    public string? Email { get; set; }

    [NotMapped]
    public object? Tag { get; set; }

    // {new column}
}

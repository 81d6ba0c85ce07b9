using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain.Deep.Deep.Deep.Deep.Deep.Deep.Deep.Deep.Deep.Deep.End;

[Migratable, Table("ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt"), TargetTable("uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu")]
public sealed partial class AVeryLongNameThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOn
{
    public long Id { get; set; }

    [Column("ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    public string? AVeryLongNameThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnThatGoesOnAndOnMember { get; set; }

    // {new column}
}

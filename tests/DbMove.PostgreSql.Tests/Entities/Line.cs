using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.PostgreSql.Tests.Entities;

/// <summary>A key of a text, whose column sorts in another order than code points, and a number that a sequence gives.</summary>
[Migratable, Table("line")]
public sealed partial class Line
{
    public const string Definition =
        "CREATE TABLE line (region text COLLATE \"en-x-icu\" NOT NULL, number serial NOT NULL, amount integer NOT NULL, PRIMARY KEY (region, number));";

    [Key, Column("region", Order = 0)]
    public required string Region { get; set; }

    [Key, Column("number", Order = 1), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public int Number { get; set; }

    [Column("amount")]
    public int Amount { get; set; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.PostgreSql.Tests.Entities;

/// <summary>A key of which the server stores some values as others: blanks beyond the length are cut, local time becomes UTC.</summary>
[Migratable, Table("visit")]
public sealed partial class Visit
{
    public const string Definition =
        "CREATE TABLE visit (code varchar(3) NOT NULL, at timestamptz NOT NULL, note text NOT NULL, PRIMARY KEY (code, at));";

    [Key, Column("code", Order = 0)]
    public required string Code { get; set; }

    [Key, Column("at", Order = 1)]
    public DateTime At { get; set; }

    [Column("note")]
    public required string Note { get; set; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Sqlite.Tests.Entities;

/// <summary>A row with a key of two columns in a table without rowid.</summary>
[Migratable, Table("line")]
public sealed partial class Line
{
    public const string Definition = "CREATE TABLE line (region TEXT NOT NULL, number INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (region, number)) WITHOUT ROWID;";

    [Key, Column("region", Order = 0)]
    public required string Region { get; set; }

    [Key, Column("number", Order = 1)]
    public int Number { get; set; }

    [Column("amount")]
    public int Amount { get; set; }
}

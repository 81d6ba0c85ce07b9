using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Sqlite.Tests.Entities;

/// <summary>A row whose key is a date and time.</summary>
[Migratable, Table("moment")]
public sealed partial class Moment
{
    public const string Definition = "CREATE TABLE moment (at DATETIME NOT NULL PRIMARY KEY, note TEXT NOT NULL);";

    [Key, Column("at")]
    public DateTime At { get; set; }

    [Column("note")]
    public required string Note { get; set; }
}

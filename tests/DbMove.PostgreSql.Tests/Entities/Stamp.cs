using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.PostgreSql.Tests.Entities;

/// <summary>A key that the database makes and whose text only the row tells.</summary>
[Migratable, Table("stamp")]
public sealed partial class Stamp
{
    public const string Definition = "CREATE TABLE stamp (at timestamp(3) PRIMARY KEY DEFAULT '2024-05-06 07:08:09.123', note text NOT NULL);";

    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity), Column("at")]
    public DateTime At { get; set; }

    [Column("note")]
    public required string Note { get; set; }
}

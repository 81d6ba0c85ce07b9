using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Sqlite.Tests.Entities;

/// <summary>A row with a generated key, a unique column that is never null, one that may be, and one that the database computes.</summary>
[Migratable, Table("account")]
public sealed partial class Account
{
    public const string Definition = """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            code INTEGER UNIQUE,
            number INTEGER NOT NULL DEFAULT 0,
            balance TEXT NOT NULL,
            doubled INTEGER GENERATED ALWAYS AS (number * 2) VIRTUAL);
        CREATE UNIQUE INDEX account_number ON account (number) WHERE number > 1000;
        """;

    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity), Column("id")]
    public long Id { get; set; }

    [Column("name")]
    public required string Name { get; set; }

    [Column("code")]
    public int? Code { get; set; }

    [Column("number")]
    public int Number { get; set; }

    [Column("balance")]
    public decimal Balance { get; set; }

    [Column("doubled"), DatabaseGenerated(DatabaseGeneratedOption.Computed)]
    public long Doubled { get; set; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Chaos.Bank;

/// <summary>The child: a key that the database makes, a unique token by which a ledger knows it, a foreign key to its account.</summary>
[Migratable, Table("entry")]
public sealed partial record Entry
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    [Column("account_id")]
    public long AccountId { get; init; }

    [Column("token")]
    public required string Token { get; init; }

    [Column("amount")]
    public long Amount { get; init; }
}

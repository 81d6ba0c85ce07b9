using System.Diagnostics.CodeAnalysis;
using DbMove;

namespace Shop.Domain;

[Migratable]
public sealed partial class Account
{
    public Account()
    {
        Owner = "";
    }

    [SetsRequiredMembers]
    internal Account(string owner, long id)
    {
        Id = id;
        Owner = owner;
    }

    [SetsRequiredMembers]
    public Account(string owner, long id, int unrelated)
        : this(owner, id) => Balance = unrelated;

    public long Id { get; }

    public required string Owner { get; set; }

    public decimal Balance { get; set; }

    // {new column}
}

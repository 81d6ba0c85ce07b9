using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

[Migratable]
public sealed partial record Gadget(long Id, [property: SourceOnly] string? Legacy)
{
    public required string Name { get; init; }

    [SourceOnly, Column("code")]
    public int? OldCode { get; init; }

    [TargetOnly, Column("code")]
    public long? NewCode { get; init; }

    [TargetOnly, StoreAsText]
    public Grade? Grade { get; init; }

    // {new column}
}

public enum Grade
{
    Plain,
    Fine,
}

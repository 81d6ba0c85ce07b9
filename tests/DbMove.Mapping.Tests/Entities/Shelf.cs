using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Mapping.Tests.Entities;

/// <summary>A column that the source alone has.</summary>
[Migratable, Table("shelves")]
internal sealed partial record Shelf
{
    public int Id { get; init; }

    public required string Name { get; init; }

    [SourceOnly]
    public string? Mark { get; init; }
}

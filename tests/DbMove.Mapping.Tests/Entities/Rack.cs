using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Mapping.Tests.Entities;

/// <summary>Columns that one side alone has, a form of its own for each side, and a value that cannot be stored.</summary>
[Migratable, Table("racks")]
internal sealed partial record Rack
{
    public long Id { get; init; }

    [SourceOnly]
    public string? Legacy { get; init; }

    [TargetOnly]
    public long? Rank { get; init; }

    [StoreAsText(Side.Target)]
    public DayOfWeek Day { get; init; }

    [Convert<EvenConverter>]
    public int Width { get; init; }
}

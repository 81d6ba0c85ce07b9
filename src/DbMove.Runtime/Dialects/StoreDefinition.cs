using DbMove.Mapping;

namespace DbMove.Dialects;

/// <summary>What a dialect composes an entity's statements from: the map's description, and the table as it really is.</summary>
public sealed record StoreDefinition
{
    /// <summary>The entity.</summary>
    public required EntityDescriptor Entity { get; init; }

    /// <summary>Which side this store is on.</summary>
    public required Side Side { get; init; }

    /// <summary>The table on this side, as the catalogue describes it.</summary>
    public required TableSchema Table { get; init; }

    /// <summary>The migration's control tables.</summary>
    public required ControlNames Control { get; init; }

    /// <summary>
    /// Per column ordinal: the precision of a date or time that both sides hold, in ticks of 100 ns (10 is a
    /// microsecond); 0 for other columns. Written and read values are cut down to it.
    /// </summary>
    public required IReadOnlyList<long> TimeGranularity { get; init; }
}

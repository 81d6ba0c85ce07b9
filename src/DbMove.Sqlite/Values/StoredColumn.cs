using DbMove.Mapping;

namespace DbMove.Sqlite.Values;

/// <summary>A mapped column as it stands on this side.</summary>
internal sealed class StoredColumn
{
    /// <summary>The table's name, for messages.</summary>
    public required string Table { get; init; }

    /// <summary>The column's name as the catalogue spells it.</summary>
    public required string Name { get; init; }

    /// <summary>The mapped member.</summary>
    public required ColumnDescriptor Descriptor { get; init; }

    /// <summary>The side that the column is on.</summary>
    public required Side Side { get; init; }

    /// <summary>What the member is bound and read as here.</summary>
    public ColumnType Type => Descriptor.TypeOn(Side);

    /// <summary>Ticks to which dates and times are cut down; 0 and 1: as .NET holds them.</summary>
    public required long Granularity { get; init; }

    /// <summary>Whether SQLite turns a decimal into a binary number of 15 certain digits here.</summary>
    public required bool RoundsDecimals { get; init; }

    /// <summary>Whether this side does not have the column: it is read as null and never written.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>Whether both sides have the column, so that images carry it and rows are compared by it.</summary>
    public bool IsShared => Descriptor.OnlyOn is null;

    /// <summary>Whether the column is part of the key: then values must be stored the one way that DbMove looks them up by.</summary>
    public bool IsKey => Descriptor.IsKey;

    public long CutDown(long ticks) => Granularity > 1 ? ticks - (ticks % Granularity) : ticks;

    public InvalidDataException Unstorable(string what, Exception? inner = null) =>
        new($"A value for column '{Name}' of table '{Table}' (member {Descriptor.Member}) {what}.", inner);
}

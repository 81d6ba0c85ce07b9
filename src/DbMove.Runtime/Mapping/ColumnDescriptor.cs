using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>One mapped member of an entity: its names on both sides, its type and its part in the key.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ColumnDescriptor
{
    /// <summary>Position in <see cref="EntityDescriptor.Columns"/>, from 0; also the bit in a <see cref="ColumnSet"/>.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The member's name in code, for messages.</summary>
    public required string Member { get; init; }

    /// <summary>The unquoted column name on the source.</summary>
    public required string SourceName { get; init; }

    /// <summary>The unquoted column name on the target.</summary>
    public required string TargetName { get; init; }

    /// <summary>What the member is bound and read as; on the source, where the target has another form.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>What the member is bound and read as on the target; null: the same form as on the source.</summary>
    public ColumnType? TargetType { get; init; }

    /// <summary>The type of an array's elements, which travels as the text of a JSON array; null: no array.</summary>
    public ColumnType? ElementType { get; init; }

    /// <summary>Whether the member may be null.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Position in the key, from 0; -1 when the column is not part of it.</summary>
    public int KeyOrdinal { get; init; } = -1;

    /// <summary>Whether the database makes the value.</summary>
    public GeneratedValue Generated { get; init; }

    /// <summary>Whether this is the entity's <see cref="UpdatedAtAttribute"/> cursor.</summary>
    public bool IsUpdatedAt { get; init; }

    /// <summary>Whether an update, upsert or delete of a row that was read compares it with what is stored (<c>[ConcurrencyCheck]</c>, <c>[Timestamp]</c>).</summary>
    public bool IsConcurrencyToken { get; init; }

    /// <summary>Whether every write on the authority counts it up (<c>[Timestamp]</c>); the follower receives what was counted.</summary>
    public bool IsRowVersion { get; init; }

    /// <summary>Whether a converter stands between member and column, so that rows are compared by what it makes of the stored value.</summary>
    public bool IsConverted { get; init; }

    /// <summary>By what the column is compared.</summary>
    public ColumnComparison Comparison { get; init; }

    /// <summary>The one side that has the column (<see cref="SourceOnlyAttribute"/>, <see cref="TargetOnlyAttribute"/>); null: both have it.</summary>
    public Side? OnlyOn { get; init; }

    /// <summary>What the member is bound and read as on <paramref name="side"/>.</summary>
    public ColumnType TypeOn(Side side) => side == Side.Target ? TargetType ?? Type : Type;

    /// <summary>Whether <paramref name="side"/> has the column.</summary>
    public bool IsOn(Side side) => OnlyOn is null || OnlyOn == side;

    /// <summary>Whether the column is part of the key.</summary>
    public bool IsKey => KeyOrdinal >= 0;

    /// <summary>The unquoted column name on <paramref name="side"/>.</summary>
    public string NameOn(Side side) => side == Side.Source ? SourceName : TargetName;
}

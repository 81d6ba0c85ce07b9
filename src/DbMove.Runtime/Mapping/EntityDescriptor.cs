using System.Collections.Immutable;
using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>What the generator knows of an entity: its wire name, its table on both sides and its columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EntityDescriptor
{
    /// <summary>Describes an entity. Columns are in ordinal order.</summary>
    /// <param name="name">The wire name: <see cref="MigratableAttribute.Name"/>, else the source table's name.</param>
    /// <param name="source">The table on the source.</param>
    /// <param name="target">The table on the target.</param>
    /// <param name="columns">Every mapped column; its index is its ordinal.</param>
    public EntityDescriptor(string name, TableName source, TableName target, ImmutableArray<ColumnDescriptor> columns)
    {
        Name = name;
        Source = source;
        Target = target;
        Columns = columns;
        KeyColumns = [.. columns.Where(column => column.IsKey).OrderBy(column => column.KeyOrdinal)];
    }

    /// <summary>The wire name, the same in intents, events, metrics and URLs.</summary>
    public string Name { get; }

    /// <summary>The table on the source.</summary>
    public TableName Source { get; }

    /// <summary>The table on the target.</summary>
    public TableName Target { get; }

    /// <summary>Every mapped column, in ordinal order.</summary>
    public ImmutableArray<ColumnDescriptor> Columns { get; }

    /// <summary>The key's columns, in key order.</summary>
    public ImmutableArray<ColumnDescriptor> KeyColumns { get; }

    /// <summary>When two values of a column are equal that has no policy of its own.</summary>
    public EntityComparison Comparison { get; init; }

    /// <summary>The table on <paramref name="side"/>.</summary>
    public TableName TableOn(Side side) => side == Side.Source ? Source : Target;
}

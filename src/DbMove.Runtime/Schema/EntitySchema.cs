using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Schema;

/// <summary>An entity beside its tables on both sides, with the words by which findings name the places.</summary>
internal sealed class EntitySchema
{
    public EntitySchema(EntityBinding binding, TableSchema? source, TableSchema? target)
    {
        Binding = binding;
        Source = source;
        Target = target;
        Columns =
        [
            .. binding.Descriptor.Columns.Select(
                column => new MappedColumn(
                    column,
                    column.IsOn(Side.Source) ? source?.FindColumn(column.SourceName) : null,
                    column.IsOn(Side.Target) ? target?.FindColumn(column.TargetName) : null)),
        ];
    }

    public EntityBinding Binding { get; }

    public EntityDescriptor Descriptor => Binding.Descriptor;

    public TableSchema? Source { get; }

    public TableSchema? Target { get; }

    /// <summary>Every mapped member, by ordinal.</summary>
    public MappedColumn[] Columns { get; }

    public IEnumerable<MappedColumn> KeyColumns => Columns.Where(column => column.Descriptor.IsKey);

    public TableSchema? On(Side side) => side == Side.Source ? Source : Target;

    /// <summary>The member that maps a column of a side's catalogue; null when none does.</summary>
    public MappedColumn? FindMapped(Side side, string column) =>
        Columns.FirstOrDefault(mapped => mapped.On(side) is { } schema && string.Equals(schema.Name, column, StringComparison.Ordinal));

    /// <summary>Names the table: <c>entity 'orders': the source table 'orders'</c>.</summary>
    public string TableText(Side side) => $"Entity '{Descriptor.Name}': the {side.ToWireName()} table '{Descriptor.TableOn(side)}'";

    /// <summary>Names a mapped column: entity, member, side, table and column.</summary>
    public string ColumnText(Side side, MappedColumn column) =>
        $"Entity '{Descriptor.Name}', member {column.Descriptor.Member}: column '{column.On(side)?.Name ?? column.Descriptor.NameOn(side)}' of the {side.ToWireName()} table '{Descriptor.TableOn(side)}'";

    /// <summary>Names a mapped column without the entity, for the second place in a sentence.</summary>
    public string OtherColumnText(Side side, MappedColumn column) =>
        $"'{column.On(side)?.Name ?? column.Descriptor.NameOn(side)}' of the {side.ToWireName()} table '{Descriptor.TableOn(side)}'";
}

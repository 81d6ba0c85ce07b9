using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Schema;

/// <summary>A member and its columns as the catalogues describe them; null where the table or the column is missing.</summary>
internal sealed record MappedColumn(ColumnDescriptor Descriptor, ColumnSchema? Source, ColumnSchema? Target)
{
    public ColumnSchema? On(Side side) => side == Side.Source ? Source : Target;
}

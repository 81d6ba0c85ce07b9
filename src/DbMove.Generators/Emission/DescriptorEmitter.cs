using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The map's descriptor: tables and columns as data.</summary>
internal static class DescriptorEmitter
{
    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        writer.Lines(
            $"""
            /// <inheritdoc/>
            public static global::DbMove.Mapping.EntityDescriptor Descriptor {"{"} get; {"}"} = new(
                name: {ColumnText.Literal(entity.WireName)},
                source: {Table(entity.Source)},
                target: {Table(entity.Target)},
                columns:
                [
            """);
        foreach (ColumnModel column in entity.Columns)
        {
            writer.Line($"        new() {{ {string.Join(", ", Properties(column))} }},");
        }

        writer.Line(entity.IsIdentical ? "    ]) { Comparison = global::DbMove.EntityComparison.Identical };" : "    ]);");
    }

    private static IEnumerable<string> Properties(ColumnModel column)
    {
        yield return $"Ordinal = {column.Ordinal}";
        yield return $"Member = {ColumnText.Literal(column.Name)}";
        yield return $"SourceName = {ColumnText.Literal(column.SourceName)}";
        yield return $"TargetName = {ColumnText.Literal(column.TargetName)}";
        yield return $"Type = global::DbMove.Mapping.ColumnType.{column.Type}";
        if (column.IsNullable)
        {
            yield return "IsNullable = true";
        }

        if (column.KeyOrdinal >= 0)
        {
            yield return $"KeyOrdinal = {column.KeyOrdinal}";
        }

        if (column.Generated != "None")
        {
            yield return $"Generated = global::DbMove.Mapping.GeneratedValue.{column.Generated}";
        }

        if (column.TargetForm is { } target)
        {
            yield return $"TargetType = global::DbMove.Mapping.ColumnType.{target.Type}";
        }

        if (column.Storage is { Element: { } element })
        {
            yield return $"ElementType = global::DbMove.Mapping.ColumnType.{element}";
        }

        if (column.TargetForm is not null || column.Storage is { Converter: not null } or { Json: not null } or { Element: not null })
        {
            yield return "IsConverted = true";
        }

        if (column.Comparison is { } comparison)
        {
            yield return $"Comparison = global::DbMove.Mapping.ColumnComparison.{comparison.Kind}";
        }

        if (column.OnlyOn is { } side)
        {
            yield return $"OnlyOn = global::DbMove.Side.{side}";
        }

        if (column.IsUpdatedAt)
        {
            yield return "IsUpdatedAt = true";
        }

        if (column.IsConcurrencyToken)
        {
            yield return "IsConcurrencyToken = true";
        }

        if (column.IsRowVersion)
        {
            yield return "IsRowVersion = true";
        }
    }

    private static string Table(TableModel table) => $"new({ColumnText.LiteralOrNull(table.Schema)}, {ColumnText.Literal(table.Name)})";
}

using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The comparer.</summary>
internal static class ComparerEmitter
{
    public static OutputFile Emit(EntityModel entity)
    {
        SourceWriter writer = SourceWriter.ForFile(entity.Scope);
        writer.Open(
            $"""
            /// <summary>Compares two rows of <see cref="{entity.FullName}"/> column by column.</summary>
            {SourceWriter.GeneratedCode}
            {entity.Accessibility} sealed class {entity.Name}Comparer : global::DbMove.Mapping.IEntityComparer<{entity.FullName}>
            """);
        writer.Lines(
            $"""
            /// <summary>The comparer; it has no state.</summary>
            public static {entity.ComparerName} Instance {"{"} get; {"}"} = new();

            /// <inheritdoc/>
            public global::DbMove.Mapping.ColumnSet Compare({entity.FullName} expected, {entity.FullName} actual) =>
                FindDifferences(expected, actual);

            """);
        writer.Open(
            $"""
            /// <summary>The columns in which two rows differ; empty when they are equal.</summary>
            /// <param name="expected">The authority's row.</param>
            /// <param name="actual">The follower's row.</param>
            public static global::DbMove.Mapping.ColumnSet FindDifferences({entity.FullName} expected, {entity.FullName} actual)
            """);
        writer.Line("global::DbMove.Mapping.ColumnSet differences = default;");
        foreach (ColumnModel column in entity.Columns.Where(static column => column.OnlyOn is null))
        {
            string expected = ColumnText.Compared(entity, column, "expected." + column.Identifier, "expected" + column.Ordinal);
            string actual = ColumnText.Compared(entity, column, "actual." + column.Identifier, "actual" + column.Ordinal);
            writer.Open($"if (!global::DbMove.Mapping.ValueComparison.AreEqual({expected}, {actual}))");
            writer.Line($"differences.Add({column.Ordinal});");
            writer.Close();
            writer.Line();
        }

        writer.Line("return differences;");
        writer.Close();
        writer.Close();
        return writer.ToFile(entity.HintPrefix + ".Comparer.g.cs");
    }
}

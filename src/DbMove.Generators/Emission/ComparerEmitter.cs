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

            /// <inheritdoc/>
            public ulong Hash({entity.FullName} row) => ComputeHash(row);

            """);
        writer.Open(
            $"""
            /// <summary>The columns in which two rows differ; empty when they are equal.</summary>
            /// <param name="expected">The authority's row.</param>
            /// <param name="actual">The follower's row.</param>
            public static global::DbMove.Mapping.ColumnSet FindDifferences({entity.FullName} expected, {entity.FullName} actual)
            """);
        writer.Line("global::DbMove.Mapping.ColumnSet differences = default;");
        foreach (ColumnModel column in entity.Columns.Where(static column => column.IsCompared))
        {
            writer.Open($"if (!{ComparisonText.AreEqual(entity, column)})");
            writer.Line($"differences.Add({column.Ordinal});");
            writer.Close();
            writer.Line();
        }

        writer.Line("return differences;");
        writer.Close();
        writer.Line();
        EmitHash(writer, entity);
        if (entity.Columns.Any(static column => column.Comparison is not null))
        {
            writer.Line();
            EmitHoldSame(writer, entity);
        }

        writer.Close();
        return writer.ToFile(entity.HintPrefix + ".Comparer.g.cs");
    }

    private static void EmitHash(SourceWriter writer, EntityModel entity)
    {
        writer.Open(
            $"""
            /// <summary>A hash of what is compared, the same in every process, on every machine and in every version of DbMove.</summary>
            /// <param name="row">The row.</param>
            public static ulong ComputeHash({entity.FullName} row)
            """);
        writer.Line("global::DbMove.Mapping.RowHash hash = default;");
        foreach (ColumnModel column in entity.Columns.Where(static column => column.IsCompared))
        {
            writer.Line(ComparisonText.AddToHash(entity, column));
        }

        writer.Line("return hash.Value;");
        writer.Close();
    }

    private static void EmitHoldSame(SourceWriter writer, EntityModel entity)
    {
        writer.Open(
            $"""
            /// <summary>Whether two rows hold the same, also in what the members' comparison policies overlook.</summary>
            /// <param name="expected">The authority's row.</param>
            /// <param name="actual">The follower's row.</param>
            public static bool HoldSame({entity.FullName} expected, {entity.FullName} actual)
            """);
        foreach (ColumnModel column in entity.Columns.Where(static column => column.OnlyOn is null))
        {
            writer.Open($"if (!{ComparisonText.HoldSame(entity, column)})");
            writer.Line("return false;");
            writer.Close();
            writer.Line();
        }

        writer.Line("return true;");
        writer.Close();
    }
}

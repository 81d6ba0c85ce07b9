using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The map's comparison of concurrency tokens: exact, whatever the comparer of whole rows overlooks.</summary>
internal static class TokenEmitter
{
    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        ColumnModel[] tokens = [.. entity.Columns.Where(static column => column.IsConcurrencyToken)];
        if (tokens.Length == 0)
        {
            return;
        }

        writer.Lines(
            $"""

            /// <inheritdoc/>
            public static bool HasConcurrencyTokens => true;

            /// <inheritdoc/>
            public static bool HasSameTokens({entity.FullName} expected, {entity.FullName} actual) =>
                {string.Join("\n    && ", tokens.Select(column => Compare(entity, column)))};
            """);
    }

    private static string Compare(EntityModel entity, ColumnModel column)
    {
        string expected = ColumnText.Compared(entity, column, "expected." + column.Identifier, "expected" + column.Ordinal);
        string actual = ColumnText.Compared(entity, column, "actual." + column.Identifier, "actual" + column.Ordinal);
        return $"global::DbMove.Mapping.ValueComparison.AreEqual({expected}, {actual})";
    }
}

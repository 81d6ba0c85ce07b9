using DbMove.Generators.Model;
using DbMove.Roslyn;

namespace DbMove.Generators.Emission;

/// <summary>Expressions that compare and hash one column.</summary>
internal static class ComparisonText
{
    private const string Mapping = "global::DbMove.Mapping";
    private const string Values = Mapping + ".ValueComparison";

    /// <summary>Whether two rows are equal in a column, by its policy.</summary>
    public static string AreEqual(EntityModel entity, ColumnModel column)
    {
        if (column.Comparison is { Kind: ComparisonKind.Own } own)
        {
            return $"{Mapping}.OwnComparison.AreEqual<{own.Argument}, {column.TypeName}>(expected.{column.Identifier}, actual.{column.Identifier})";
        }

        string values = Both(entity, column);
        return column.Comparison switch
        {
            { Kind: ComparisonKind.Tolerance } policy => $"{Values}.AreWithin({values}, {policy.Argument})",
            { Kind: ComparisonKind.Precision } policy => $"{Values}.AreNearerThan({values}, {policy.Argument})",
            { Kind: ComparisonKind.Text or ComparisonKind.TrimmedText } policy => $"{Values}.AreEqual({values}, {policy.Argument})",
            { Kind: ComparisonKind.Json } => $"{Mapping}.JsonComparison.AreEqual({values})",
            _ => HoldSame(entity, column),
        };
    }

    /// <summary>Whether two rows hold the same in a column, its policy aside.</summary>
    public static string HoldSame(EntityModel entity, ColumnModel column) =>
        $"{Values}.{(IsIdentical(entity, column) ? "AreIdentical" : "AreEqual")}({Both(entity, column)})";

    /// <summary>Adds what all equal values of a column have in common to a hash.</summary>
    public static string AddToHash(EntityModel entity, ColumnModel column)
    {
        string member = "row." + column.Identifier;
        string value = ColumnText.Compared(entity, column, member, "value" + column.Ordinal);
        return column.Comparison switch
        {
            { Kind: ComparisonKind.Own } policy => $"{Mapping}.OwnComparison.AddToHash<{policy.Argument}, {column.TypeName}>({member}, ref hash);",
            { Kind: ComparisonKind.Tolerance or ComparisonKind.Precision } =>
                $"hash.AddPresence({(column.IsNullable || column.IsReference ? member + " is not null" : "true")});",
            { Kind: ComparisonKind.Text or ComparisonKind.TrimmedText } policy => $"hash.Add({value}, {policy.Argument});",
            { Kind: ComparisonKind.Json } => $"hash.AddJson({value});",
            _ => $"hash.{(IsIdentical(entity, column) ? "AddIdentical" : "Add")}({value});",
        };
    }

    private static string Both(EntityModel entity, ColumnModel column) =>
        ColumnText.Compared(entity, column, "expected." + column.Identifier, "expected" + column.Ordinal)
        + ", "
        + ColumnText.Compared(entity, column, "actual." + column.Identifier, "actual" + column.Ordinal);

    // Values of other types that are equal are identical. An array has the type of its JSON text.
    private static bool IsIdentical(EntityModel entity, ColumnModel column) =>
        entity.IsIdentical && (column.ComparedForm is { Storage.Element: { } element }
            ? element is nameof(ColumnType.Decimal) or nameof(ColumnType.Double) or nameof(ColumnType.Single)
            : column.ComparedForm.Type is ColumnType.Decimal or ColumnType.Double or ColumnType.Single);
}

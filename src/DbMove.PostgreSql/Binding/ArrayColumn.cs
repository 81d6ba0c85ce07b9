using DbMove.Dialects;

namespace DbMove.PostgreSql.Binding;

/// <summary>
/// How an array travels: as the text of a JSON array, made into the server's array, and of it, by the statement. So it takes every path
/// that a text takes, and the other side, which may have no arrays, holds the same text.
/// </summary>
internal static class ArrayColumn
{
    /// <summary>The type of the elements, without its bounds: <c>integer</c> of <c>integer[]</c>.</summary>
    public static string ElementOf(ColumnSchema schema)
    {
        string type = schema.DeclaredType;
        int end = type.IndexOfAny(['(', '[']);
        return end < 0 ? type : type[..end];
    }

    /// <summary>The server's array of a text. Bounds of the elements are the column's to check as it is assigned: a cast to them would cut.</summary>
    public static string Value(ColumnSchema schema, string text)
    {
        string element = ElementOf(schema);
        return $"CASE WHEN {text} IS NOT NULL THEN ARRAY(SELECT e.v::{(element == "character varying" ? "text" : element)} "
            + $"FROM json_array_elements_text({text}::json) WITH ORDINALITY AS e(v, n) ORDER BY e.n) END";
    }

    /// <summary>The text of the server's array.</summary>
    public static string Read(string column) => $"array_to_json({column})::text";
}

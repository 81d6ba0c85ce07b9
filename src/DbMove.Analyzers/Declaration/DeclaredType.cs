using System.Globalization;

namespace DbMove.Analyzers.Declaration;

/// <summary>A column type as an attribute says it: <c>numeric(12,2)</c>.</summary>
/// <param name="Name">The name in lower case, without what is in parentheses.</param>
/// <param name="First">The first number in parentheses, such as the length or all digits; null when there is none.</param>
/// <param name="Second">The second one, such as the digits after the point.</param>
internal readonly record struct DeclaredType(string Name, int? First, int? Second)
{
    public bool IsText => IsPadded || Name is "text" or "varchar" or "character varying" or "nvarchar" or "ntext" or "clob" or "citext";

    public bool IsPadded => Name is "char" or "character" or "bpchar" or "nchar";

    public bool IsInteger => Name is "integer" or "int" or "int4" or "serial" || IsSmall || IsLarge;

    /// <summary>Whether it has 16 bits.</summary>
    public bool IsSmall => Name is "smallint" or "int2" or "smallserial";

    /// <summary>Whether it has 64 bits.</summary>
    public bool IsLarge => Name is "bigint" or "int8" or "bigserial";

    public bool IsDecimal => Name is "numeric" or "decimal" or "dec";

    public bool IsFloat => Name is "real" or "float" or "float4" or "float8" or "double" or "double precision";

    public bool IsBytes => Name is "bytea" or "blob" or "binary" or "varbinary";

    public bool IsTimestamp => Name is "timestamp" or "timestamptz" or "timestamp without time zone" or "timestamp with time zone";

    public bool IsTime => Name is "time" or "timetz" or "time without time zone" or "time with time zone";

    /// <summary>The digits of a second that are kept; null when all are, or the type is none of a time.</summary>
    public int? SecondDigits => IsTimestamp || IsTime || Name == "interval" ? First : null;

    public static DeclaredType Parse(string declared)
    {
        int open = declared.IndexOf('(');
        int close = declared.IndexOf(')');
        bool hasArguments = open >= 0 && close > open;
        string bare = hasArguments ? declared.Remove(open, close - open + 1) : declared;
        string[] arguments = hasArguments ? declared.Substring(open + 1, close - open - 1).Split(',') : [];
        return new DeclaredType(
            string.Join(" ", bare.ToLowerInvariant().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)),
            Number(arguments.ElementAtOrDefault(0)),
            Number(arguments.ElementAtOrDefault(1)));
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;
}

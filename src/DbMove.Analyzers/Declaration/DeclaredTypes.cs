using DbMove.Roslyn;

namespace DbMove.Analyzers.Declaration;

/// <summary>What a column type that is written in an attribute cannot hold. Knows PostgreSQL's and SQLite's names, and the common ones of others.</summary>
internal static class DeclaredTypes
{
    /// <summary>What the declared type does to the member's values; null when it keeps them, or is not known.</summary>
    /// <param name="declared">The type as written: <c>numeric(12,2)</c>.</param>
    /// <param name="member">What the member is bound as.</param>
    /// <param name="isKey">Whether the member is in the key, where order and equality matter too.</param>
    public static string? FindWeakness(string declared, ColumnType member, bool isKey)
    {
        string name = Name(declared);
        return member switch
        {
            ColumnType.Decimal => Decimal(name),
            // Not "real", which is a double in SQLite.
            ColumnType.Double => name is "float4" ? "keeps about 7 of its 17 digits" : null,
            ColumnType.Int64 or ColumnType.UInt32 => name is "int4" or "smallint" or "int2" or "serial" or "smallserial" ? "is too small for its largest values" : null,
            ColumnType.Int32 or ColumnType.UInt16 => name is "smallint" or "int2" or "smallserial" ? "is too small for its largest values" : null,
            ColumnType.DateTime or ColumnType.DateTimeOffset => Instant(name, Arguments(declared)),
            ColumnType.String when isKey => Text(name),
            _ => null,
        };
    }

    private static string? Decimal(string name) => name switch
    {
        "real" or "float" or "float4" or "float8" or "double" or "double precision" => "is binary floating point, so that 0.1 is stored as something near it",
        "money" or "smallmoney" => "has a scale that the server's settings decide",
        "integer" or "int" or "int4" or "bigint" or "int8" or "smallint" or "int2" => "has no digits after the point",
        _ => null,
    };

    private static string? Instant(string name, string arguments) => name switch
    {
        "date" => "drops the time of day",
        "time" or "timetz" or "time without time zone" or "time with time zone" => "drops the date",
        "smalldatetime" => "keeps whole minutes only",
        "timestamp" or "timestamptz" or "timestamp without time zone" or "timestamp with time zone"
            when int.TryParse(arguments, out int digits) && digits < 6 => $"keeps {digits} digits of a second where the other side may keep more",
        _ => null,
    };

    private static string? Text(string name) => name switch
    {
        "char" or "character" or "bpchar" or "nchar" => "pads with blanks, so that a key read back is not the one that was written",
        "citext" => "takes keys for one that differ in case only",
        _ => null,
    };

    /// <summary>The name in lower case, without what is in parentheses.</summary>
    private static string Name(string declared)
    {
        int open = declared.IndexOf('(');
        int close = declared.IndexOf(')');
        string bare = open >= 0 && close > open ? declared.Remove(open, close - open + 1) : declared;
        return string.Join(" ", bare.ToLowerInvariant().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Arguments(string declared)
    {
        int open = declared.IndexOf('(');
        int close = declared.IndexOf(')');
        return open >= 0 && close > open ? declared.Substring(open + 1, close - open - 1).Trim() : "";
    }
}

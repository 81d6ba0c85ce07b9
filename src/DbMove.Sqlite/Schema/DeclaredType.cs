using System.Globalization;
using DbMove.Dialects;

namespace DbMove.Sqlite.Schema;

/// <summary>What a column's declared type means: to SQLite (its affinity) and to people (its kind).</summary>
internal readonly record struct DeclaredType(Affinity Affinity, StorageKind Kind, int? Precision, int? Scale)
{
    /// <summary>Reads a declared type.</summary>
    /// <param name="text">The type as declared; empty when none is.</param>
    /// <param name="isStrict">Whether the table is STRICT: there ANY converts nothing.</param>
    public static DeclaredType Parse(string text, bool isStrict)
    {
        string type = text.Trim().ToUpperInvariant();
        int open = type.IndexOf('(', StringComparison.Ordinal);
        string name = (open < 0 ? type : type[..open]).Trim();
        if (name.Length == 0 || (isStrict && name == "ANY"))
        {
            return new DeclaredType(Affinity.None, StorageKind.Any, null, null);
        }

        Affinity affinity = AffinityOf(type);
        StorageKind kind = KindOf(name, type, affinity);
        (int? precision, int? scale) = kind == StorageKind.Decimal && open >= 0 ? Arguments(type[(open + 1)..]) : (null, null);
        return new DeclaredType(affinity, kind, precision, scale);
    }

    /// <summary>SQLite's own rules, in its order.</summary>
    private static Affinity AffinityOf(string type) =>
        Has(type, "INT") ? Affinity.Integer
        : Has(type, "CHAR") || Has(type, "CLOB") || Has(type, "TEXT") ? Affinity.Text
        : Has(type, "BLOB") ? Affinity.None
        : Has(type, "REAL") || Has(type, "FLOA") || Has(type, "DOUB") ? Affinity.Real
        : Affinity.Numeric;

    private static StorageKind KindOf(string name, string type, Affinity affinity) => name switch
    {
        "BOOL" or "BOOLEAN" or "BIT" => StorageKind.Boolean,
        "DATETIMEOFFSET" or "TIMESTAMPTZ" => StorageKind.Instant,
        _ when Has(type, "WITH TIME ZONE") => StorageKind.Instant,
        "DATETIME" or "DATETIME2" or "SMALLDATETIME" or "TIMESTAMP" => StorageKind.Timestamp,
        _ when Has(type, "TIMESTAMP") => StorageKind.Timestamp,
        "DATE" => StorageKind.Date,
        "TIME" => StorageKind.Time,
        "INTERVAL" => StorageKind.Interval,
        "GUID" or "UUID" or "UNIQUEIDENTIFIER" => StorageKind.Guid,
        "BINARY" or "VARBINARY" or "BYTEA" or "IMAGE" => StorageKind.Bytes,
        _ => affinity switch
        {
            Affinity.Integer => StorageKind.Integer,
            Affinity.Text => StorageKind.Text,
            Affinity.Real => StorageKind.Float,
            Affinity.None => StorageKind.Bytes,
            _ => StorageKind.Decimal,
        },
    };

    private static (int? Precision, int? Scale) Arguments(string text)
    {
        string[] parts = text.TrimEnd(')', ' ').Split(',', StringSplitOptions.TrimEntries);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int precision))
        {
            return (null, null);
        }

        return parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int scale)
            ? (precision, scale)
            : (precision, 0);
    }

    private static bool Has(string type, string part) => type.Contains(part, StringComparison.Ordinal);
}

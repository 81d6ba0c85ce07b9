using System.Data.Common;
using DbMove.Dialects;

namespace DbMove.PostgreSql.Catalogue;

/// <summary>A column as <see cref="CatalogueQueries.Columns"/> reads it.</summary>
internal sealed record CatalogueColumn(ColumnSchema Schema, bool SortsByCodePoint)
{
    /// <summary>What ends the declared type of an identity column that takes no value of its own in an update.</summary>
    public const string AlwaysIdentity = " generated always as identity";

    public static CatalogueColumn Read(DbDataReader row)
    {
        string type = row.GetString(2);
        int modifier = row.GetInt32(4);
        string identity = row.GetString(6);
        string? defaultValue = row.IsDBNull(8) ? null : row.GetString(8);
        bool isComputed = row.GetString(7).Length > 0;
        bool isNumbered = identity.Length > 0 || (!isComputed && defaultValue?.Contains("nextval(", StringComparison.Ordinal) == true);
        StorageKind kind = row.GetBoolean(3) ? StorageKind.Text : KindOf(type);
        ColumnSchema schema = new()
        {
            Name = row.GetString(0),
            DeclaredType = identity == "a" ? row.GetString(1) + AlwaysIdentity : row.GetString(1),
            Kind = kind,
            IsNullable = !row.GetBoolean(5),
            Bits = type switch { "int2" => 16, "int4" or "float4" => 32, "int8" or "float8" => 64, _ => null },
            Precision = type == "numeric" && modifier >= 4 ? ((modifier - 4) >> 16) & 0xFFFF : null,

            // The low eleven bits are a signed number since PostgreSQL 15.
            Scale = type == "numeric" && modifier >= 4 ? (((modifier - 4) & 0x7FF) ^ 1024) - 1024 : null,
            MaxLength = type is "varchar" or "bpchar" or "_varchar" && modifier >= 4 ? modifier - 4 : null,
            IsPadded = type == "bpchar",
            RewritesText = type == "jsonb",
            TimeGranularity = GranularityOf(type, modifier),
            FoldingCollation = type == "citext" ? "citext" : row.IsDBNull(9) ? null : row.GetString(9),
            IsAutoNumbered = isNumbered,
            IsComputed = isComputed,
            HasDefault = defaultValue is not null && !isNumbered && !isComputed,
            DefaultExpression = isComputed ? null : defaultValue,
        };
        return new CatalogueColumn(schema, row.GetBoolean(10));
    }

    private static StorageKind KindOf(string type) => type switch
    {
        "bool" => StorageKind.Boolean,
        "int2" or "int4" or "int8" => StorageKind.Integer,
        "numeric" => StorageKind.Decimal,
        "float4" or "float8" => StorageKind.Float,
        "text" or "varchar" or "bpchar" or "citext" or "json" or "jsonb" or "xml" => StorageKind.Text,
        "uuid" => StorageKind.Guid,
        "timestamp" => StorageKind.Timestamp,
        "timestamptz" => StorageKind.Instant,
        "date" => StorageKind.Date,
        "time" => StorageKind.Time,
        "interval" => StorageKind.Interval,
        "bytea" => StorageKind.Bytes,

        // The catalogue's name of an array type is that of its elements behind a line.
        ['_', ..] => StorageKind.Array,
        _ => StorageKind.Unsupported,
    };

    private static long GranularityOf(string type, int modifier)
    {
        // An interval's modifier holds the fields that it keeps in its upper half; 0xFFFF below stands for full precision.
        int digits = type switch
        {
            "timestamp" or "timestamptz" or "time" => modifier < 0 ? 6 : modifier,
            "interval" => modifier < 0 || (modifier & 0xFFFF) == 0xFFFF ? 6 : modifier & 0xFFFF,
            _ => -1,
        };
        long granularity = digits < 0 ? (type == "date" ? TimeSpan.TicksPerDay : 0) : 1;
        for (int digit = digits; digits >= 0 && digit < 7; digit++)
        {
            granularity *= 10;
        }

        return granularity;
    }
}

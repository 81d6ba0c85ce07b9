using System.Globalization;
using DbMove.Mapping;

namespace DbMove.PostgreSql.Statements;

/// <summary>What of each column goes into a digest, and the names of the types that decide its outcome.</summary>
internal sealed class DigestColumns
{
    /// <param name="columns">The columns.</param>
    /// <param name="comparison">When values are equal. The server's hash follows its <c>=</c>, so what must be identical is hashed in another form.</param>
    public DigestColumns(IReadOnlyList<ColumnBinding> columns, EntityComparison comparison)
    {
        List<string> expressions = [];
        List<string> types = [];
        bool isComplete = true;
        foreach (ColumnBinding column in columns)
        {
            string name = "t." + column.Quoted;
            (string? expression, string type) = column.Type switch
            {
                PostgreSqlType.Numeric or PostgreSqlType.Jsonb when comparison == EntityComparison.Identical => (name + "::text", "text"),
                PostgreSqlType.Double when comparison == EntityComparison.Identical => ($"float8send({name})", "bytea"),
                PostgreSqlType.Real when comparison == EntityComparison.Identical => ($"float4send({name})", "bytea"),
                PostgreSqlType.PaddedText or PostgreSqlType.Interval when comparison == EntityComparison.Identical => (null, "none"),
                PostgreSqlType.Array when comparison == EntityComparison.Identical && column.Column.ElementType is ColumnType.Decimal or ColumnType.Double or ColumnType.Single =>
                    (column.Read("t"), "json of " + column.Schema.DeclaredType),
                // json and xml have no hash. A folding collation hashes different texts alike; their bytes do not. An array has its elements' collation.
                PostgreSqlType.Json or PostgreSqlType.Xml or PostgreSqlType.CastText => (name + "::text", "text"),
                PostgreSqlType.Text when column.Schema.FoldingCollation is not null => ($"{name} COLLATE \"C\"", "text"),
                PostgreSqlType.PaddedText when column.Schema.FoldingCollation is not null => ($"{name} COLLATE \"C\"", "bpchar"),
                PostgreSqlType.Timestamp or PostgreSqlType.TimestampTz => (CutTo(column, name), Named(column)),
                PostgreSqlType.Time or PostgreSqlType.Interval => (column.Granularity <= 10 || column.Granularity == column.Schema.TimeGranularity ? name : null, Named(column)),
                PostgreSqlType.Array when column.Schema.FoldingCollation is not null => ($"{name} COLLATE \"C\"", column.Schema.DeclaredType),
                PostgreSqlType.Array => (name, column.Schema.DeclaredType),
                _ => (name, column.Type.ToString()),
            };
            // Two forms of one value have two hashes, and two values in two forms may have one.
            isComplete &= expression is not null && column.Column.TargetType is null;
            expressions.Add(expression ?? name);
            types.Add(type.ToLowerInvariant());
        }

        Expressions = string.Join(", ", expressions);
        Types = isComplete ? string.Join(",", types) : null;
    }

    public string Expressions { get; }

    /// <summary>Null: a column cannot be hashed at the precision that both sides hold.</summary>
    public string? Types { get; }

    // Only digests at the same precision are comparable.
    private static string Named(ColumnBinding column) =>
        column.Type + "(" + column.Granularity.ToString(CultureInfo.InvariantCulture) + ")";

    private static string? CutTo(ColumnBinding column, string name) => column.Granularity switch
    {
        <= 10 => name,
        long granularity when granularity == column.Schema.TimeGranularity => name,
        10_000 => $"date_trunc('milliseconds', {name})",
        10_000_000 => $"date_trunc('second', {name})",
        _ => null,
    };
}

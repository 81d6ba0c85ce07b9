using DbMove.Dialects;
using DbMove.Mapping;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>How one mapped member meets its column on one side.</summary>
internal sealed class ColumnBinding
{
    // What stands in for a column that the other side alone has: every read gives null, no statement writes it.
    private static readonly ColumnSchema s_absent = new() { Name = "", DeclaredType = "text", Kind = StorageKind.Text, IsNullable = true };

    public ColumnBinding(ColumnDescriptor column, Side side, ColumnSchema schema, long granularity, TableFacts facts)
    {
        Side = side;
        Column = column;
        Schema = schema;
        Type = TypeOf(schema) ?? throw new InvalidOperationException(
            $"Column \"{schema.Name}\" is of type {schema.DeclaredType}, which DbMove does not bind.");
        DbType = DbTypeOf(Type);

        // The server holds microseconds at best, whatever is asked for.
        Granularity = Math.Max(granularity, 10);
        Quoted = PostgreSqlSyntax.Instance.Quote(schema.Name);
        IsInCodePointOrder = facts.ColumnsInCodePointOrder.Contains(schema.Name);
    }

    /// <summary>A member whose column this side does not have.</summary>
    public static ColumnBinding Absent(ColumnDescriptor column, Side side, TableFacts facts) => new(column, side, s_absent, 0, facts);

    public ColumnDescriptor Column { get; }

    public Side Side { get; }

    /// <summary>Whether this side does not have the column.</summary>
    public bool IsAbsent => ReferenceEquals(Schema, s_absent);

    /// <summary>Whether both sides have the column, so that images carry it and rows are compared by it.</summary>
    public bool IsShared => Column.OnlyOn is null;

    /// <summary>Whether rows are compared by it at all.</summary>
    public bool IsCompared => IsShared && Column.Comparison != ColumnComparison.None;

    public ColumnSchema Schema { get; }

    public PostgreSqlType Type { get; }

    public NpgsqlDbType DbType { get; }

    /// <summary>Precision of dates and times in ticks.</summary>
    public long Granularity { get; }

    /// <summary>The quoted column name.</summary>
    public string Quoted { get; }

    private bool IsInCodePointOrder { get; }

    /// <summary>A value as the statement takes it from a parameter or an array's element.</summary>
    public string Value(string expression) => Type switch
    {
        PostgreSqlType.CastText => $"{expression}::{Schema.DeclaredType}",
        PostgreSqlType.Array => ArrayColumn.Value(Schema, expression),
        _ => expression,
    };

    /// <summary>
    /// The value in a new row of the authority. Null in a column of one side means that it is not known there: the row has the column's default.
    /// </summary>
    public string NewValue(string expression) => IsShared || Schema.DefaultExpression is not { } text
        ? Value(expression)
        : $"COALESCE({Value(expression)}, CAST({text} AS {Schema.DeclaredType}))";

    /// <summary>
    /// The value in a row of the authority that is there. Null in a column of one side means that it is not known: what is stored stays, or a
    /// row that was read from the other side and is written here, after a switch, would take it away.
    /// </summary>
    public string ChangedValue(string expression, string alias) => IsShared ? Value(expression) : $"COALESCE({Value(expression)}, {alias}.{Quoted})";

    /// <summary>The column as it is read.</summary>
    public string Read(string alias) => Type switch
    {
        _ when IsAbsent => "NULL",
        PostgreSqlType.CastText => $"{alias}.{Quoted}::text",
        PostgreSqlType.Array => ArrayColumn.Read($"{alias}.{Quoted}"),
        _ => $"{alias}.{Quoted}",
    };

    /// <summary>The column as keys are ordered: text by code points, without a clause where that is its index's order.</summary>
    public string Order(string alias) => Type switch
    {
        PostgreSqlType.CastText => $"{alias}.{Quoted}::text COLLATE \"C\"",
        PostgreSqlType.Text or PostgreSqlType.PaddedText when !IsInCodePointOrder => $"{alias}.{Quoted} COLLATE \"C\"",
        _ => $"{alias}.{Quoted}",
    };

    /// <summary>Which of the bound types a column has; null: none.</summary>
    public static PostgreSqlType? TypeOf(ColumnSchema schema) => schema.Kind switch
    {
        StorageKind.Boolean => PostgreSqlType.Boolean,
        StorageKind.Integer => schema.Bits switch { 16 => PostgreSqlType.SmallInt, 32 => PostgreSqlType.Integer, _ => PostgreSqlType.BigInt },
        StorageKind.Decimal => PostgreSqlType.Numeric,
        StorageKind.Float => schema.Bits == 32 ? PostgreSqlType.Real : PostgreSqlType.Double,
        StorageKind.Text => TextTypeOf(schema),
        StorageKind.Guid => PostgreSqlType.Uuid,
        StorageKind.Timestamp => PostgreSqlType.Timestamp,
        StorageKind.Instant => PostgreSqlType.TimestampTz,
        StorageKind.Date => PostgreSqlType.Date,
        StorageKind.Time => PostgreSqlType.Time,
        StorageKind.Interval => PostgreSqlType.Interval,
        StorageKind.Bytes => PostgreSqlType.Bytea,
        StorageKind.Array => PostgreSqlType.Array,
        _ => null,
    };

    private static PostgreSqlType TextTypeOf(ColumnSchema schema) => schema.DeclaredType switch
    {
        "json" => PostgreSqlType.Json,
        "jsonb" => PostgreSqlType.Jsonb,
        "xml" => PostgreSqlType.Xml,
        "text" => PostgreSqlType.Text,
        string type when type.StartsWith("character varying", StringComparison.Ordinal) => PostgreSqlType.Text,
        _ => schema.IsPadded ? PostgreSqlType.PaddedText : PostgreSqlType.CastText,
    };

    private static NpgsqlDbType DbTypeOf(PostgreSqlType type) => type switch
    {
        PostgreSqlType.Boolean => NpgsqlDbType.Boolean,
        PostgreSqlType.SmallInt => NpgsqlDbType.Smallint,
        PostgreSqlType.Integer => NpgsqlDbType.Integer,
        PostgreSqlType.BigInt => NpgsqlDbType.Bigint,
        PostgreSqlType.Numeric => NpgsqlDbType.Numeric,
        PostgreSqlType.Real => NpgsqlDbType.Real,
        PostgreSqlType.Double => NpgsqlDbType.Double,
        PostgreSqlType.PaddedText => NpgsqlDbType.Char,
        PostgreSqlType.Json => NpgsqlDbType.Json,
        PostgreSqlType.Jsonb => NpgsqlDbType.Jsonb,
        PostgreSqlType.Xml => NpgsqlDbType.Xml,
        PostgreSqlType.Uuid => NpgsqlDbType.Uuid,
        PostgreSqlType.Timestamp => NpgsqlDbType.Timestamp,
        PostgreSqlType.TimestampTz => NpgsqlDbType.TimestampTz,
        PostgreSqlType.Date => NpgsqlDbType.Date,
        PostgreSqlType.Time => NpgsqlDbType.Time,
        PostgreSqlType.Interval => NpgsqlDbType.Interval,
        PostgreSqlType.Bytea => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };
}

using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>One column's values of many rows, for <c>unnest</c>.</summary>
internal abstract class ColumnArray
{
    public static ColumnArray Create(PostgreSqlType type, int count) => type switch
    {
        PostgreSqlType.Boolean => new ColumnArray<bool?>(count),
        PostgreSqlType.SmallInt => new ColumnArray<short?>(count),
        PostgreSqlType.Integer or PostgreSqlType.Date => new ColumnArray<int?>(count),
        PostgreSqlType.BigInt or PostgreSqlType.Timestamp or PostgreSqlType.TimestampTz or PostgreSqlType.Time => new ColumnArray<long?>(count),
        PostgreSqlType.Numeric => new ColumnArray<decimal?>(count),
        PostgreSqlType.Real => new ColumnArray<float?>(count),
        PostgreSqlType.Double => new ColumnArray<double?>(count),
        PostgreSqlType.Uuid => new ColumnArray<Guid?>(count),
        PostgreSqlType.Interval => new ColumnArray<NpgsqlInterval?>(count),
        PostgreSqlType.Bytea => new ColumnArray<byte[]?>(count),
        _ => new ColumnArray<string?>(count),
    };

    public abstract void AddNull();

    public abstract NpgsqlParameter ToParameter(ColumnBinding column);
}

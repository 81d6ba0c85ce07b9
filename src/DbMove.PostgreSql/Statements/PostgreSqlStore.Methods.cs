using System.Data.Common;
using DbMove.Mapping;
using DbMove.PostgreSql.Binding;
using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Statements;

/// <content>What a caller's own statements bind and return.</content>
internal sealed partial class PostgreSqlStore<TEntity, TKey, TMap>
{
    public string ListColumns(string qualifier) =>
        string.Join(", ", _statements.Columns.Where(column => column.Column.IsOn(_statements.Definition.Side)).Select(column => $"{column.Read(qualifier)} AS {column.Quoted}"));

    public Func<TEntity> OpenRows(DbDataReader reader, IReadOnlyList<int> positions)
    {
        NpgsqlDataReader own = reader as NpgsqlDataReader ?? throw new ArgumentException("The reader is not one of this dialect's driver.", nameof(reader));
        ColumnBinding[] columns = new ColumnBinding[reader.FieldCount];

        // A column of the result that no member is read from is never read; but of the first one the side is asked.
        Array.Fill(columns, _statements.Columns[0]);
        for (int ordinal = 0; ordinal < positions.Count; ordinal++)
        {
            if (positions[ordinal] >= 0)
            {
                columns[positions[ordinal]] = _statements.Columns[ordinal];
            }
        }

        return () =>
        {
            MappedColumnReader<RowReader> row = new(new RowReader(own, columns, offset: 0), positions);
            return TMap.Read(ref row);
        };
    }

    public bool BindsAlike(int first, int second) => FormOf(_statements.Columns[first]) == FormOf(_statements.Columns[second]);

    public void Bind(DbCommand command, string name, int ordinal, object? value)
    {
        NpgsqlParameterCollection parameters = (command as NpgsqlCommand ?? throw new ArgumentException("The command is not one of this dialect's driver.", nameof(command))).Parameters;
        ConvertingSink<ParameterValues> sink = new(new ParameterValues(parameters)) { Column = _statements.Columns[ordinal] };
        SqlValue.Write(value, ref sink);
        NpgsqlParameter parameter = parameters[^1];
        parameter.ParameterName = name;
        if (sink.Column.Type == PostgreSqlType.CastText)
        {
            // No cast stands beside it: the server takes an unknown text for what it meets.
            parameter.NpgsqlDbType = NpgsqlDbType.Unknown;
        }
    }

    // Whole numbers meet every column of numbers as they are.
    private static (NpgsqlDbType Type, string? Declared, long Granularity) FormOf(ColumnBinding column) => column.Type switch
    {
        PostgreSqlType.SmallInt or PostgreSqlType.Integer => (NpgsqlDbType.Bigint, null, column.Granularity),
        PostgreSqlType.Numeric when column.Column.TypeOn(column.Side) is not ColumnType.Decimal => (NpgsqlDbType.Bigint, null, column.Granularity),
        PostgreSqlType.CastText or PostgreSqlType.Array => (column.DbType, column.Schema.DeclaredType, column.Granularity),
        _ => (column.DbType, null, column.Granularity),
    };
}

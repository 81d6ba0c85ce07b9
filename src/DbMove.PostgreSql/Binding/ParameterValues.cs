using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>Values as typed positional parameters, nothing boxed.</summary>
internal readonly struct ParameterValues(NpgsqlParameterCollection parameters) : IStoredValues
{
    public void PutNull(ColumnBinding column) =>
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = column.DbType, Value = DBNull.Value });

    public void Put(ColumnBinding column, bool value) => Add(column, value);

    public void Put(ColumnBinding column, short value) => Add(column, value);

    public void Put(ColumnBinding column, int value) => Add(column, value);

    public void Put(ColumnBinding column, long value) => Add(column, value);

    public void Put(ColumnBinding column, decimal value) => Add(column, value);

    public void Put(ColumnBinding column, float value) => Add(column, value);

    public void Put(ColumnBinding column, double value) => Add(column, value);

    public void Put(ColumnBinding column, string value) => Add(column, value);

    public void Put(ColumnBinding column, Guid value) => Add(column, value);

    public void Put(ColumnBinding column, NpgsqlInterval value) => Add(column, value);

    public void Put(ColumnBinding column, byte[] value) => Add(column, value);

    private void Add<T>(ColumnBinding column, T value) =>
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = column.DbType });
}

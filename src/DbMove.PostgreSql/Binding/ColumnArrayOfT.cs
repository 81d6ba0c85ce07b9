using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>One column's values of many rows.</summary>
/// <typeparam name="TElement">A nullable value in the server's form.</typeparam>
internal sealed class ColumnArray<TElement>(int count) : ColumnArray
{
    private readonly TElement?[] _values = new TElement?[count];
    private int _next;

    public void Add(TElement value) => _values[_next++] = value;

    public override void AddNull() => _values[_next++] = default;

    public override NpgsqlParameter ToParameter(ColumnBinding column) =>
        new NpgsqlParameter<TElement?[]> { TypedValue = _values, NpgsqlDbType = column.DbType | NpgsqlDbType.Array };
}

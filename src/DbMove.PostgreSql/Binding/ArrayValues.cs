using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>Values of one column, row after row, into an array.</summary>
internal readonly struct ArrayValues(ColumnArray array) : IStoredValues
{
    public void PutNull(ColumnBinding column) => array.AddNull();

    public void Put(ColumnBinding column, bool value) => Add<bool?>(value);

    public void Put(ColumnBinding column, short value) => Add<short?>(value);

    public void Put(ColumnBinding column, int value) => Add<int?>(value);

    public void Put(ColumnBinding column, long value) => Add<long?>(value);

    public void Put(ColumnBinding column, decimal value) => Add<decimal?>(value);

    public void Put(ColumnBinding column, float value) => Add<float?>(value);

    public void Put(ColumnBinding column, double value) => Add<double?>(value);

    public void Put(ColumnBinding column, string value) => Add(value);

    public void Put(ColumnBinding column, Guid value) => Add<Guid?>(value);

    public void Put(ColumnBinding column, NpgsqlInterval value) => Add<NpgsqlInterval?>(value);

    public void Put(ColumnBinding column, byte[] value) => Add(value);

    private void Add<TElement>(TElement value) => ((ColumnArray<TElement>)array).Add(value);
}

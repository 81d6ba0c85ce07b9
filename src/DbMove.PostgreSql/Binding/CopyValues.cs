using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>Values as fields of a binary COPY.</summary>
internal readonly struct CopyValues(CopyBuffer buffer) : IStoredValues
{
    public void PutNull(ColumnBinding column) => buffer.WriteInt32(-1);

    public void Put(ColumnBinding column, bool value)
    {
        buffer.WriteInt32(1);
        buffer.WriteByte(value ? (byte)1 : (byte)0);
    }

    public void Put(ColumnBinding column, short value)
    {
        buffer.WriteInt32(sizeof(short));
        buffer.WriteInt16(value);
    }

    public void Put(ColumnBinding column, int value)
    {
        buffer.WriteInt32(sizeof(int));
        buffer.WriteInt32(value);
    }

    public void Put(ColumnBinding column, long value)
    {
        buffer.WriteInt32(sizeof(long));
        buffer.WriteInt64(value);
    }

    public void Put(ColumnBinding column, decimal value) => buffer.WriteNumeric(value);

    public void Put(ColumnBinding column, float value) => Put(column, BitConverter.SingleToInt32Bits(value));

    public void Put(ColumnBinding column, double value) => Put(column, BitConverter.DoubleToInt64Bits(value));

    public void Put(ColumnBinding column, string value) => buffer.WriteText(value, isJsonb: column.Type == PostgreSqlType.Jsonb);

    public void Put(ColumnBinding column, Guid value)
    {
        buffer.WriteInt32(16);
        buffer.WriteGuid(value);
    }

    public void Put(ColumnBinding column, NpgsqlInterval value)
    {
        buffer.WriteInt32(16);
        buffer.WriteInt64(value.Time);
        buffer.WriteInt32(value.Days);
        buffer.WriteInt32(value.Months);
    }

    public void Put(ColumnBinding column, byte[] value)
    {
        buffer.WriteInt32(value.Length);
        buffer.WriteBytes(value);
    }
}

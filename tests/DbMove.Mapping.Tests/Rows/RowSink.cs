namespace DbMove.Mapping.Tests.Rows;

/// <summary>Keeps what generated code writes.</summary>
internal readonly struct RowSink(List<object?> values) : IColumnSink
{
    public Side Side => Side.Source;

    public void WriteNull() => values.Add(null);

    public void Write(bool value) => values.Add(value);

    public void Write(byte value) => values.Add(value);

    public void Write(sbyte value) => values.Add(value);

    public void Write(short value) => values.Add(value);

    public void Write(ushort value) => values.Add(value);

    public void Write(int value) => values.Add(value);

    public void Write(uint value) => values.Add(value);

    public void Write(long value) => values.Add(value);

    public void Write(ulong value) => values.Add(value);

    public void Write(decimal value) => values.Add(value);

    public void Write(double value) => values.Add(value);

    public void Write(float value) => values.Add(value);

    public void Write(string value) => values.Add(value);

    public void Write(char value) => values.Add(value);

    public void Write(Guid value) => values.Add(value);

    public void Write(DateTime value) => values.Add(value);

    public void Write(DateTimeOffset value) => values.Add(value);

    public void Write(DateOnly value) => values.Add(value);

    public void Write(TimeOnly value) => values.Add(value);

    public void Write(TimeSpan value) => values.Add(value);

    public void Write(byte[] value) => values.Add(value);
}

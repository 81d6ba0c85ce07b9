using DbMove.Mapping;

namespace DbMove.InMemory;

/// <summary>Takes one stored value, in the form of a side.</summary>
internal struct InMemorySink(Side side) : IColumnSink
{
    public object? Value { get; private set; }

    public readonly Side Side => side;

    public void WriteNull() => Value = null;

    public void Write(bool value) => Value = value;

    public void Write(byte value) => Value = value;

    public void Write(sbyte value) => Value = value;

    public void Write(short value) => Value = value;

    public void Write(ushort value) => Value = value;

    public void Write(int value) => Value = value;

    public void Write(uint value) => Value = value;

    public void Write(long value) => Value = value;

    public void Write(ulong value) => Value = value;

    public void Write(decimal value) => Value = value;

    public void Write(double value) => Value = value;

    public void Write(float value) => Value = value;

    public void Write(string value) => Value = value;

    public void Write(char value) => Value = value;

    public void Write(Guid value) => Value = value;

    public void Write(DateTime value) => Value = value;

    public void Write(DateTimeOffset value) => Value = value;

    public void Write(DateOnly value) => Value = value;

    public void Write(TimeOnly value) => Value = value;

    public void Write(TimeSpan value) => Value = value;

    // The caller may go on writing into it.
    public void Write(byte[] value) => Value = value.Clone();
}

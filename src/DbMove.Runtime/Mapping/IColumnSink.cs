using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>
/// Where generated code writes a member's value: a dialect's command parameter, bulk copy or binary import.
/// The dialect knows which column is next; the sink converts the value to what that column holds. Implemented as a
/// struct by each dialect, so nothing is boxed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IColumnSink
{
    /// <summary>The side that the values go to: a member may be stored in another form there.</summary>
    Side Side { get; }

    /// <summary>Writes null.</summary>
    void WriteNull();

    /// <summary>Writes a value.</summary>
    void Write(bool value);

    /// <summary>Writes a value.</summary>
    void Write(byte value);

    /// <summary>Writes a value.</summary>
    void Write(sbyte value);

    /// <summary>Writes a value.</summary>
    void Write(short value);

    /// <summary>Writes a value.</summary>
    void Write(ushort value);

    /// <summary>Writes a value.</summary>
    void Write(int value);

    /// <summary>Writes a value.</summary>
    void Write(uint value);

    /// <summary>Writes a value.</summary>
    void Write(long value);

    /// <summary>Writes a value.</summary>
    void Write(ulong value);

    /// <summary>Writes a value.</summary>
    void Write(decimal value);

    /// <summary>Writes a value.</summary>
    void Write(double value);

    /// <summary>Writes a value.</summary>
    void Write(float value);

    /// <summary>Writes a value.</summary>
    void Write(string value);

    /// <summary>Writes a value.</summary>
    void Write(char value);

    /// <summary>Writes a value.</summary>
    void Write(Guid value);

    /// <summary>Writes a value.</summary>
    void Write(DateTime value);

    /// <summary>Writes a value.</summary>
    void Write(DateTimeOffset value);

    /// <summary>Writes a value.</summary>
    void Write(DateOnly value);

    /// <summary>Writes a value.</summary>
    void Write(TimeOnly value);

    /// <summary>Writes a value.</summary>
    void Write(TimeSpan value);

    /// <summary>Writes a value.</summary>
    void Write(byte[] value);
}

using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>
/// Where generated code reads a row from. Positions are those of the entity's columns (for a row) or of the key's
/// columns (for a key), from 0, and come in any order. Values come back at the precision both sides hold. Implemented as a struct by each
/// dialect, so nothing is boxed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IColumnReader
{
    /// <summary>The side that the values come from: a member may be stored in another form there.</summary>
    Side Side { get; }

    /// <summary>Whether the value at a position is null.</summary>
    bool IsNull(int position);

    /// <summary>Reads a value that is not null.</summary>
    bool ReadBoolean(int position);

    /// <summary>Reads a value that is not null.</summary>
    byte ReadByte(int position);

    /// <summary>Reads a value that is not null.</summary>
    sbyte ReadSByte(int position);

    /// <summary>Reads a value that is not null.</summary>
    short ReadInt16(int position);

    /// <summary>Reads a value that is not null.</summary>
    ushort ReadUInt16(int position);

    /// <summary>Reads a value that is not null.</summary>
    int ReadInt32(int position);

    /// <summary>Reads a value that is not null.</summary>
    uint ReadUInt32(int position);

    /// <summary>Reads a value that is not null.</summary>
    long ReadInt64(int position);

    /// <summary>Reads a value that is not null.</summary>
    ulong ReadUInt64(int position);

    /// <summary>Reads a value that is not null.</summary>
    decimal ReadDecimal(int position);

    /// <summary>Reads a value that is not null.</summary>
    double ReadDouble(int position);

    /// <summary>Reads a value that is not null.</summary>
    float ReadSingle(int position);

    /// <summary>Reads a value that is not null.</summary>
    string ReadString(int position);

    /// <summary>Reads a value that is not null.</summary>
    char ReadChar(int position);

    /// <summary>Reads a value that is not null.</summary>
    Guid ReadGuid(int position);

    /// <summary>Reads a value that is not null.</summary>
    DateTime ReadDateTime(int position);

    /// <summary>Reads a value that is not null.</summary>
    DateTimeOffset ReadDateTimeOffset(int position);

    /// <summary>Reads a value that is not null.</summary>
    DateOnly ReadDateOnly(int position);

    /// <summary>Reads a value that is not null.</summary>
    TimeOnly ReadTimeOnly(int position);

    /// <summary>Reads a value that is not null.</summary>
    TimeSpan ReadTimeSpan(int position);

    /// <summary>Reads a value that is not null.</summary>
    byte[] ReadBytes(int position);
}

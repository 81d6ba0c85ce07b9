using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>The CLR type that a mapped member is bound and read as. An enum member has its underlying integer's type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ColumnType
{
    /// <summary><see cref="bool"/>.</summary>
    Boolean,

    /// <summary><see cref="byte"/>.</summary>
    Byte,

    /// <summary><see cref="sbyte"/>.</summary>
    SByte,

    /// <summary><see cref="short"/>.</summary>
    Int16,

    /// <summary><see cref="ushort"/>.</summary>
    UInt16,

    /// <summary><see cref="int"/>.</summary>
    Int32,

    /// <summary><see cref="uint"/>.</summary>
    UInt32,

    /// <summary><see cref="long"/>.</summary>
    Int64,

    /// <summary><see cref="ulong"/>.</summary>
    UInt64,

    /// <summary><see cref="decimal"/>.</summary>
    Decimal,

    /// <summary><see cref="double"/>.</summary>
    Double,

    /// <summary><see cref="float"/>.</summary>
    Single,

    /// <summary><see cref="string"/>.</summary>
    String,

    /// <summary><see cref="char"/>.</summary>
    Char,

    /// <summary><see cref="System.Guid"/>.</summary>
    Guid,

    /// <summary><see cref="System.DateTime"/>: a date and time without zone.</summary>
    DateTime,

    /// <summary><see cref="System.DateTimeOffset"/>: an instant, held as UTC.</summary>
    DateTimeOffset,

    /// <summary><see cref="System.DateOnly"/>.</summary>
    DateOnly,

    /// <summary><see cref="System.TimeOnly"/>.</summary>
    TimeOnly,

    /// <summary><see cref="System.TimeSpan"/>.</summary>
    TimeSpan,

    /// <summary><see cref="byte"/>[].</summary>
    Bytes,
}

namespace DbMove.Roslyn;

/// <summary>The types a member can be bound as: the names of the runtime's <c>DbMove.Mapping.ColumnType</c> (a test keeps them equal).</summary>
internal enum ColumnType
{
    Boolean,
    Byte,
    SByte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Decimal,
    Double,
    Single,
    String,
    Char,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
    Bytes,
}

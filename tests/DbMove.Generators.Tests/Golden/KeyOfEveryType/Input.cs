using System;
using System.ComponentModel.DataAnnotations;
using DbMove;

namespace Shop.Domain;

[Migratable]
public sealed partial record Wide(
    [property: Key] bool Boolean,
    [property: Key] byte Byte,
    [property: Key] sbyte SByte,
    [property: Key] short Int16,
    [property: Key] ushort UInt16,
    [property: Key] int Int32,
    [property: Key] uint UInt32,
    [property: Key] long Int64,
    [property: Key] ulong UInt64,
    [property: Key] string String,
    [property: Key] char Char,
    [property: Key] Guid Guid,
    [property: Key] DateTime DateTime,
    [property: Key] DateTimeOffset DateTimeOffset,
    [property: Key] DateOnly DateOnly,
    [property: Key] TimeOnly TimeOnly,
    [property: Key] DayOfWeek Enum)
{
    // {new column}
}

namespace DbMove.Dialects;

/// <summary>What a column holds, in words that engines share, so that two sides can be compared.</summary>
public enum StorageKind
{
    /// <summary>A type no dialect of DbMove binds; the schema check refuses a mapped column of it.</summary>
    Unsupported,

    /// <summary>Anything, as SQLite's columns without a type.</summary>
    Any,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>An exact decimal number.</summary>
    Decimal,

    /// <summary>A binary floating-point number.</summary>
    Float,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A 128-bit identifier.</summary>
    Guid,

    /// <summary>A date and time without zone.</summary>
    Timestamp,

    /// <summary>An instant.</summary>
    Instant,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A length of time.</summary>
    Interval,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A list of values of one type, as PostgreSQL's arrays.</summary>
    Array,
}

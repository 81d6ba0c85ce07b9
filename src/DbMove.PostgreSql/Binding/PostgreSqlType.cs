namespace DbMove.PostgreSql.Binding;

/// <summary>The types that stores bind and read, by how their values travel.</summary>
internal enum PostgreSqlType
{
    Boolean,
    SmallInt,
    Integer,
    BigInt,
    Numeric,
    Real,
    Double,
    Text,
    PaddedText,

    /// <summary>Travels as text and is cast by the statement: citext and enumerations, whose type numbers differ by database.</summary>
    CastText,
    Json,
    Jsonb,
    Xml,
    Uuid,
    Timestamp,
    TimestampTz,
    Date,
    Time,
    Interval,
    Bytea,

    /// <summary>Travels as the text of a JSON array: <see cref="ArrayColumn"/>.</summary>
    Array,
}

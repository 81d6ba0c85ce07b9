namespace DbMove.Dialects;

/// <summary>What an error of a database means for the protocol. Each dialect classifies its driver's exceptions.</summary>
public enum FailureKind
{
    /// <summary>Deadlock, serialization failure, busy: the transaction is over; the same again may succeed.</summary>
    Transient,

    /// <summary>The database was out of reach, too slow, shutting down or out of a resource.</summary>
    Availability,

    /// <summary>A unique constraint other than the primary key's own, or the primary key in an insert.</summary>
    UniqueClash,

    /// <summary>A foreign key: the parent is not there (yet), or a child still is.</summary>
    ForeignKey,

    /// <summary>Another constraint, or a value the column cannot hold.</summary>
    Data,

    /// <summary>The commit was sent and its answer never came.</summary>
    UnknownOutcome,

    /// <summary>Permission, syntax, a missing table or column: the program, the schema or the configuration is wrong.</summary>
    Bug,
}

namespace DbMove.Sql;

/// <summary>What a statement does, as far as its text tells.</summary>
internal enum StatementKind
{
    /// <summary>It returns rows and changes none.</summary>
    Read,

    /// <summary>It inserts, updates or deletes rows of one table, and <c>RETURNING</c> tells which.</summary>
    Rows,

    /// <summary>It changes rows, and nothing tells which.</summary>
    UnknownRows,

    /// <summary>It defines or maintains tables and the like.</summary>
    Definition,

    /// <summary>It begins, ends or divides a transaction.</summary>
    Transaction,

    /// <summary>It changes or needs the state of one connection, or the driver's own API.</summary>
    Session,

    /// <summary>It is none that DbMove knows, or it cannot be read.</summary>
    Unknown,
}

namespace DbMove;

/// <summary>Why <see cref="DualWriteDataSource"/> refused a statement.</summary>
public enum StatementRefusal
{
    /// <summary>It is none that DbMove knows, or it cannot be read.</summary>
    UnknownStatement,

    /// <summary>Nothing tells which rows it changes.</summary>
    UnknownRows,

    /// <summary>It changes a column of the key, so that nothing tells which rows it took away.</summary>
    KeyChange,

    /// <summary>It defines or maintains tables.</summary>
    Definition,

    /// <summary>It begins, ends or divides a transaction.</summary>
    TransactionControl,

    /// <summary>It changes or needs the state of one connection.</summary>
    ConnectionState,

    /// <summary>It writes a table that is no entity of the migration.</summary>
    OtherTable,

    /// <summary>It writes a table of DbMove's own.</summary>
    ControlTable,
}

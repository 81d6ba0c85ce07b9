using System.Data.Common;

namespace DbMove.AdoNet.Execution;

/// <summary>The server's word that a query which was held to read only would have written.</summary>
internal static class ReadOnlyViolation
{
    public static bool Is(Exception exception) => exception is DbException { SqlState: "25006" };

    /// <summary>What the caller is told.</summary>
    public static StatementRefusedException Refuse(Exception exception) => new(
        StatementRefusal.UnknownRows,
        $"The query calls a function that writes, or locks rows beside a function that DbMove does not know, and nothing tells which rows: {exception.Message}. Nothing of it was kept. Write the rows by statements of their own, call the function by CALL or DO and allow it with UnsafeStatements.MarkDirty, or, if the function only reads, name it in DualWriteDataSourceOptions.ReadOnlyFunctions.",
        exception);
}

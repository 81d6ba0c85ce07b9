using DbMove.Roslyn;
using DbMove.Sql;
using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage.Texts;

/// <summary>Why a <c>DualWriteDataSource</c> refuses a statement, as far as the text alone tells. What depends on the databases is left to it.</summary>
internal static class Refusals
{
    public static string? Find(RecognizedStatement statement, MigratableTables tables, CancellationToken cancellationToken) => statement.Kind switch
    {
        StatementKind.Transaction => "as text it would end or divide a transaction that DbMove answers for; use BeginTransaction, and the transaction's Commit, Rollback and Save",
        StatementKind.Definition => "it would change one side only; change both databases outside DbMove",
        StatementKind.Session => "it works on one connection of the driver; use one of the driver's own, or its connection string",
        StatementKind.UnknownRows when statement.ReachesAll || statement.Names.Any(name => tables.EntityOf(new WrittenTable(statement.Verb, null, name.Text)) is not null) =>
            $"{statement.Reason}; write it otherwise, use a repository, or allow it by UnsafeStatements.MarkDirty and end this warning by dotnet_diagnostic.DBM2012.severity = none",
        StatementKind.Rows when FindSetKey(statement, tables, cancellationToken) is { } key =>
            $"it sets '{key}', a column of the key, and nothing tells which keys are no more; leave it out of SET, or delete the row and insert it anew",
        _ => null,
    };

    private static string? FindSetKey(RecognizedStatement statement, MigratableTables tables, CancellationToken cancellationToken)
    {
        if (statement is not { SetColumns.Count: > 0, Table: { } table }
            || tables.EntityOf(new WrittenTable(statement.Verb, table.Schema?.Text, table.Name.Text)) is not { } entity)
        {
            return null;
        }

        string[] key = [.. EntityShape.Inspect(entity, cancellationToken).Key.SelectMany(static member => new[] { member.SourceName, member.TargetName })];
        return statement.SetColumns.Select(static column => column.Text).FirstOrDefault(column => key.Contains(column, StringComparer.OrdinalIgnoreCase));
    }
}

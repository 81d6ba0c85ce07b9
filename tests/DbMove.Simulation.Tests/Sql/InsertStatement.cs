using DbMove.Dialects;
using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>INSERT of one row of values, or of a query's rows.</summary>
internal sealed class InsertStatement : Statement
{
    public required string Table { get; init; }

    public required List<string> Columns { get; init; }

    /// <summary>The rows to insert.</summary>
    public required Func<Scope, List<object?[]>> Rows { get; init; }

    /// <summary>Whether a row that is there already is left as it is.</summary>
    public bool KeepsExisting { get; init; }

    public override bool TryRun(Operation operation, MemoryServer server, Scope scope, StatementResult result)
    {
        Table table = Find(server, Table);
        List<object?[]> rows = Rows(scope);
        while (result.Affected < rows.Count)
        {
            object?[] row = [.. table.Defaults];
            for (int place = 0; place < Columns.Count; place++)
            {
                row[table.Columns[Columns[place]]] = rows[result.Affected][place];
            }

            long number = table.NextNumber();
            if (table.Growing >= 0)
            {
                row[table.Growing] = number;
            }

            try
            {
                if (server.TryInsert(operation, scope.Transaction, table.At(number), row) == InsertOutcome.Blocked)
                {
                    return false;
                }
            }
            catch (MemoryFailure failure) when (KeepsExisting && failure.Kind == FailureKind.UniqueClash)
            {
                // It is there.
            }

            result.Affected++;
        }

        return true;
    }
}

using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>UPDATE of the rows that a condition holds for.</summary>
internal sealed class UpdateStatement : Statement
{
    public required string Table { get; init; }

    public required List<(string Column, Expression Value)> Set { get; init; }

    public Expression? Where { get; init; }

    public override bool TryRun(Operation operation, MemoryServer server, Scope scope, StatementResult result)
    {
        Table table = Find(server, Table);
        List<Slot> slots = Matching(table, scope, Where);
        if (!TryHold(operation, scope.Transaction, slots))
        {
            return false;
        }

        foreach (Slot slot in slots)
        {
            object?[] row = RowOf(slot, scope.Transaction);
            Scope each = scope.Inner();
            (each.Columns, each.Row) = (table.Columns, row);
            object?[] changed = [.. row];
            foreach ((string column, Expression value) in Set)
            {
                changed[table.Columns[column]] = value(each);
            }

            if (!server.TryReplace(operation, scope.Transaction, slot, changed))
            {
                return false;
            }
        }

        result.Affected = slots.Count;
        return true;
    }
}

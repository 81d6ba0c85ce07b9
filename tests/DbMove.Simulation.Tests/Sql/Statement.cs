using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>A statement that was read once and is run many times.</summary>
internal abstract class Statement
{
    /// <summary>Runs it, or notes in the operation for whom it waits; then it is run again from its beginning.</summary>
    /// <returns>False: it waits.</returns>
    public abstract bool TryRun(Operation operation, MemoryServer server, Scope scope, StatementResult result);

    protected static Table Find(MemoryServer server, string name) =>
        server.Tables.TryGetValue(name, out Table? table) ? table : throw new MemoryFailure(Dialects.FailureKind.Bug, $"there is no table {name}");

    protected static object?[] RowOf(Slot slot, Transaction transaction) => (object?[])slot.Visible(transaction)!;

    /// <summary>The rows that a condition holds for, as the transaction sees them.</summary>
    protected static List<Slot> Matching(Table table, Scope scope, Expression? where)
    {
        Scope each = scope.Inner();
        each.Columns = table.Columns;
        List<Slot> found = [];
        foreach (Slot slot in table.VisibleTo(scope.Transaction))
        {
            each.Row = RowOf(slot, scope.Transaction);
            if (where is null || where(each) is true)
            {
                found.Add(slot);
            }
        }

        return found;
    }

    /// <summary>Holds rows for writing, all or none: a statement that waits has changed nothing yet.</summary>
    protected static bool TryHold(Operation operation, Transaction transaction, List<Slot> slots) =>
        slots.TrueForAll(slot => MemoryServer.TryHold(operation, transaction, slot));
}

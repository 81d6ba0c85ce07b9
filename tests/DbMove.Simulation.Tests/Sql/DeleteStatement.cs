using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>DELETE of the rows that a condition holds for.</summary>
internal sealed class DeleteStatement : Statement
{
    public required string Table { get; init; }

    public Expression? Where { get; init; }

    public override bool TryRun(Operation operation, MemoryServer server, Scope scope, StatementResult result)
    {
        List<Slot> slots = Matching(Find(server, Table), scope, Where);
        if (!TryHold(operation, scope.Transaction, slots))
        {
            return false;
        }

        slots.ForEach(MemoryServer.Delete);
        result.Affected = slots.Count;
        return true;
    }
}

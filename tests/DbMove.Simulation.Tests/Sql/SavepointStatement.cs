using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>SAVEPOINT, ROLLBACK TO SAVEPOINT, RELEASE.</summary>
internal sealed class SavepointStatement(string verb, string name) : Statement
{
    public override bool TryRun(Operation operation, MemoryServer server, Scope scope, StatementResult result)
    {
        Transaction transaction = scope.Transaction;
        switch (verb)
        {
            case "SAVEPOINT":
                transaction.Savepoints[name] = new Savepoint(transaction);
                break;
            case "ROLLBACK":
                Find(transaction).Restore();
                break;
            default:
                Find(transaction);
                transaction.Savepoints.Remove(name);
                break;
        }

        return true;
    }

    private Savepoint Find(Transaction transaction) =>
        transaction.Savepoints.GetValueOrDefault(name) ?? throw new MemoryFailure(Dialects.FailureKind.Bug, $"there is no savepoint {name}");
}

using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>CREATE TABLE, ALTER TABLE … ADD COLUMN, CREATE INDEX. They take effect at once and cannot be rolled back.</summary>
internal sealed class DefinitionStatement(Action<MemoryServer> apply) : Statement
{
    public override bool TryRun(Operation operation, MemoryServer server, Scope scope, StatementResult result)
    {
        apply(server);
        return true;
    }
}

using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Schema;

/// <summary>The schema check's part in the gate: both sides still fit.</summary>
internal sealed class SchemaCondition(MigrationContext context) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        SchemaFindings findings = await new SchemaCheck(context).InspectAsync(cancellationToken).ConfigureAwait(false);
        return [new("schema_check", findings.Refusals.Count == 0, findings.Refusals.Count == 0 ? "passed" : string.Join(" ", findings.Refusals))];
    }
}

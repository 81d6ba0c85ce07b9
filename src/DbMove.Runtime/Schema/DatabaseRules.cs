using DbMove.Dialects;

namespace DbMove.Schema;

/// <summary>What must hold of the two databases, whatever tables they have.</summary>
internal static class DatabaseRules
{
    public static void Check(SideFacts source, SideFacts target, SchemaFindings findings)
    {
        CheckServer(source, findings);
        CheckServer(target, findings);

        // In one file the two fences would be one lock: a write could never hold both sides.
        if (source.Identity.Database == target.Identity.Database && !(source.Identity.MayHoldBothSides && target.Identity.MayHoldBothSides))
        {
            findings.Refuse(
                $"Source ({source.Database.DisplayName}) and target ({target.Database.DisplayName}) are the same database, and a {source.Database.Dialect} database cannot hold both sides; move to another file or database");
        }
    }

    private static void CheckServer(SideFacts side, SchemaFindings findings)
    {
        foreach (string fault in side.ServerFaults)
        {
            findings.Refuse($"The {side.Database.Side.ToWireName()} ({side.Database.DisplayName}): {fault}");
        }
    }
}

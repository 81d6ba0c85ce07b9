using DbMove.Dialects;

namespace DbMove.Schema;

/// <summary>Which tables the entities have: there at all, each one's own, and changed by nobody but statements.</summary>
internal static class TableRules
{
    public static void Check(EntitySchema entity, SideFacts side, SchemaFindings findings)
    {
        Side where = side.Database.Side;
        if (entity.On(where) is not { } table)
        {
            string attribute = where == Side.Source ? "[Table]" : "[TargetTable] (or [Table], when both sides share the name)";
            findings.Refuse(
                $"{entity.TableText(where)} does not exist in {side.Database.DisplayName}; create it, correct {attribute} on the entity, or correct the connection or its search path");
            return;
        }

        // What a trigger does on the authority is in no after-image, and on the follower it would act a second time.
        if (table.Triggers.Count > 0)
        {
            findings.Refuse(
                $"{entity.TableText(where)} has {(table.Triggers.Count == 1 ? "the trigger" : "the triggers")} {Names(table.Triggers)}, whose changes DbMove does not see; drop or disable {(table.Triggers.Count == 1 ? "it" : "them")} and do the work in code");
        }

        if (table.ConflictActions.Count > 0)
        {
            findings.Refuse(
                $"{entity.TableText(where)} declares {string.Join(" and ", table.ConflictActions)}, by which the engine deletes, changes or drops rows that DbMove does not see; make the table anew without it");
        }
    }

    /// <summary>No physical table may be used twice, on one side or across both.</summary>
    public static void CheckPhysical(IReadOnlyList<EntitySchema> entities, SchemaFindings findings)
    {
        List<(string Id, EntitySchema Entity, Side Side)> seen = [];
        foreach (EntitySchema entity in entities)
        {
            foreach (Side side in (Side[])[Side.Source, Side.Target])
            {
                if (entity.On(side) is not { } table)
                {
                    continue;
                }

                (string Id, EntitySchema Entity, Side Side) other = seen.Find(place => place.Id == table.PhysicalId);
                if (other.Entity is null)
                {
                    seen.Add((table.PhysicalId, entity, side));
                }
                else if (other.Side == side)
                {
                    findings.Refuse(
                        $"{entity.TableText(side)} is also the table of entity '{other.Entity.Descriptor.Name}'; map a table by one entity only, and take the other out of the migration");
                }
                else
                {
                    findings.Refuse(
                        $"{entity.TableText(side)} is the very table that entity '{other.Entity.Descriptor.Name}' has on the {other.Side.ToWireName()} ('{other.Entity.Descriptor.TableOn(other.Side)}'); move to a table of another name, schema or database");
                }
            }
        }
    }

    internal static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}

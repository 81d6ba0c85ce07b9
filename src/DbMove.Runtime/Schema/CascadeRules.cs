using DbMove.Dialects;

namespace DbMove.Schema;

/// <summary>
/// A cascade changes rows that no image shows: on the authority they get no intent, on the follower they change a second
/// time. Children outside the migration are the application's own business.
/// </summary>
internal static class CascadeRules
{
    public static void Check(EntitySchema entity, Side side, SchemaFindings findings)
    {
        foreach (ForeignKeySchema key in entity.On(side)?.ForeignKeys ?? [])
        {
            if (!key.DeleteChangesChildren && !key.UpdateChangesChildren)
            {
                continue;
            }

            string action = (key.DeleteChangesChildren, key.UpdateChangesChildren) switch
            {
                (true, true) => "ON DELETE and ON UPDATE",
                (true, false) => "ON DELETE",
                _ => "ON UPDATE",
            };
            findings.Refuse(
                $"{entity.TableText(side)} has the foreign key '{key.Name}' ({string.Join(", ", key.Columns)}) whose {action} action changes its rows together with those of '{key.Parent}', unseen by DbMove; drop the action (NO ACTION) and delete or change the children in code, before their parent");
        }
    }
}

using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Schema;

/// <summary>Puts parents before children, by the target's foreign keys; otherwise, and within a cycle, the given order stands.</summary>
internal static class EntityOrder
{
    public static List<EntitySchema> Sort(IReadOnlyList<EntitySchema> entities)
    {
        List<EntitySchema> sorted = new(entities.Count);
        HashSet<EntitySchema> visited = [];
        foreach (EntitySchema entity in entities)
        {
            Visit(entity);
        }

        return sorted;

        void Visit(EntitySchema entity)
        {
            // Met again on the way to its own parents: a cycle, or a table that refers to itself.
            if (!visited.Add(entity))
            {
                return;
            }

            foreach (EntitySchema parent in entities.Where(other => IsParent(other, entity)))
            {
                Visit(parent);
            }

            sorted.Add(entity);
        }
    }

    private static bool IsParent(EntitySchema parent, EntitySchema child) =>
        parent.Target is { } table && child.Target is { } other
        && (other.ForeignKeys.Any(key => IsTable(key.Parent, table)) || table.ReferencedBy.Any(key => IsTable(key.Child, other)));

    private static bool IsTable(TableName name, TableSchema table)
    {
        StringComparison comparison = table.NamesFoldCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

        // An engine with one schema may name it or leave it out.
        return string.Equals(name.Name, table.Name.Name, comparison)
            && (name.Schema is null || table.Name.Schema is null || string.Equals(name.Schema, table.Name.Schema, comparison));
    }
}

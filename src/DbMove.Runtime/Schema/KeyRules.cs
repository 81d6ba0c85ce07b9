using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Schema;

/// <summary>The key must tell rows apart in the same way on both sides.</summary>
internal static class KeyRules
{
    public static void Check(EntitySchema entity, Side side, SchemaFindings findings)
    {
        if (entity.On(side) is not { } table)
        {
            return;
        }

        CheckPrimaryKey(entity, side, table, findings);
        foreach (MappedColumn column in entity.KeyColumns)
        {
            if (column.On(side) is not { } schema)
            {
                continue;
            }

            if (schema.Kind == StorageKind.Float || column.Descriptor.Type is ColumnType.Double or ColumnType.Single)
            {
                findings.Refuse(
                    $"{entity.ColumnText(side, column)} is part of the key and a floating-point number ({schema.DeclaredType}), which engines round and compare in different ways; key the table by an integer or text");
            }

            if (schema.IsPadded)
            {
                findings.Refuse(
                    $"{entity.ColumnText(side, column)} is part of the key and padded to its length ({schema.DeclaredType}), so keys that differ in trailing spaces are one; change its type to varchar or text");
            }

            if (schema.FoldingCollation is { } collation)
            {
                findings.Refuse(
                    $"{entity.ColumnText(side, column)} is part of the key and has the collation '{collation}', under which different texts are one key; give it a collation that compares by code points (BINARY, \"C\")");
            }
        }
    }

    // The order of the columns may differ, an upsert's conflict target may not.
    private static void CheckPrimaryKey(EntitySchema entity, Side side, TableSchema table, SchemaFindings findings)
    {
        if (table.PrimaryKey.Count == 0)
        {
            findings.Refuse(
                $"{entity.TableText(side)} has no primary key; add one over {Members(entity, side)}, the key of the entity");
            return;
        }

        HashSet<string> key = [.. entity.KeyColumns.Select(column => column.On(side)?.Name ?? column.Descriptor.NameOn(side))];
        if (!key.SetEquals(table.PrimaryKey))
        {
            findings.Refuse(
                $"{entity.TableText(side)} has the primary key ({string.Join(", ", table.PrimaryKey)}), and the entity's key is {Members(entity, side)}; mark exactly the members of the primary key with [Key], or change the primary key");
        }
    }

    private static string Members(EntitySchema entity, Side side) =>
        $"({string.Join(", ", entity.Descriptor.KeyColumns.Select(column => column.NameOn(side)))})";
}

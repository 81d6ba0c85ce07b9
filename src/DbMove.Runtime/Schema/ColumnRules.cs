using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Schema;

/// <summary>Which columns are there, which members map them, and whether the dialect can bind them.</summary>
internal static class ColumnRules
{
    public static void Check(EntitySchema entity, SideDatabase database, ISet<string> leftBehind, IReadOnlyCollection<string> misspelt, SchemaFindings findings)
    {
        Side side = database.Side;
        if (entity.On(side) is not { } table)
        {
            return;
        }

        foreach (MappedColumn column in entity.Columns.Where(column => column.Descriptor.IsOn(side)))
        {
            if (column.On(side) is not { } schema)
            {
                findings.Refuse(
                    $"{entity.ColumnText(side, column)} does not exist; add it, correct {(side == Side.Source ? "[Column]" : "[TargetColumn] or [Column]")}, or take the member out with [NotMapped]");
            }
            else if (database.CheckColumn(column.Descriptor, schema) is { } reason)
            {
                findings.Refuse($"{entity.TableText(side)}: {reason}");
            }
            else if (schema.IsComputed && column.Descriptor.Generated != GeneratedValue.Computed)
            {
                findings.Refuse(
                    $"{entity.ColumnText(side, column)} is computed by the database and cannot be written; mark the member [DatabaseGenerated(DatabaseGeneratedOption.Computed)], or make it an ordinary column");
            }
            else if (column.Descriptor.OnlyOn is not null && IsRequired(schema))
            {
                findings.Refuse(
                    $"{entity.ColumnText(side, column)} is there on this side alone and NOT NULL without a default, so every row that comes from the other side would fail; give it a default, or allow NULL");
            }
        }

        foreach (ColumnSchema column in table.Columns.Where(column => entity.FindMapped(side, column.Name) is null))
        {
            CheckUnmapped(entity, side, column, leftBehind, misspelt, findings);
        }
    }

    /// <summary>An entry that names nothing is a slip of the pen, and may hide one that should be there.</summary>
    /// <returns>Those entries.</returns>
    public static IReadOnlyCollection<string> CheckLeftBehind(IReadOnlyList<EntitySchema> entities, ISet<string> leftBehind, SchemaFindings findings)
    {
        HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
        foreach (EntitySchema entity in entities)
        {
            foreach (ColumnSchema column in entity.Source?.Columns.Where(column => entity.FindMapped(Side.Source, column.Name) is null) ?? [])
            {
                known.UnionWith(Names(entity, column));
            }
        }

        string[] misspelt = [.. leftBehind.Where(entry => !known.Contains(entry)).Order(StringComparer.Ordinal)];
        foreach (string entry in misspelt)
        {
            findings.Warn($"MigrationOptions.UnmappedSourceColumns has the entry \"{entry}\", which is no unmapped column of a migrated source table; remove it or correct it to table.column");
        }

        return misspelt;
    }

    private static void CheckUnmapped(EntitySchema entity, Side side, ColumnSchema column, ISet<string> leftBehind, IReadOnlyCollection<string> misspelt, SchemaFindings findings)
    {
        // A computed column holds nothing of its own that could be lost.
        if (column.IsComputed)
        {
            return;
        }

        if (IsRequired(column))
        {
            findings.Refuse(
                $"{entity.TableText(side)} has the column '{column.Name}', which is NOT NULL without a default and which no member maps, so every insert there would fail; map it, give it a default, or allow NULL");
        }

        if (side == Side.Source && !Names(entity, column).Any(leftBehind.Contains))
        {
            findings.Refuse(
                $"{entity.TableText(side)} has the column '{column.Name}', which no member maps, so its values would stay behind; map it, or add \"{entity.Descriptor.Source}.{column.Name}\" to MigrationOptions.UnmappedSourceColumns if that is meant{(misspelt.Count == 0 ? "" : $"; its entry \"{string.Join("\", \"", misspelt)}\" names no unmapped column and may be a slip of the pen")}");
        }
    }

    private static bool IsRequired(ColumnSchema column) => column is { IsNullable: false, HasDefault: false, IsAutoNumbered: false, IsComputed: false };

    private static string[] Names(EntitySchema entity, ColumnSchema column) =>
        [$"{entity.Descriptor.Source}.{column.Name}", $"{entity.Descriptor.Source.Name}.{column.Name}"];
}

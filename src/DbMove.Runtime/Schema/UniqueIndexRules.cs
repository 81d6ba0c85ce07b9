using DbMove.Dialects;

namespace DbMove.Schema;

/// <summary>A row that one side accepts must not clash on the other.</summary>
internal static class UniqueIndexRules
{
    public static void Check(EntitySchema entity, SchemaFindings findings)
    {
        CheckCollations(entity, Side.Source, findings);
        CheckCollations(entity, Side.Target, findings);
        if (entity is not { Source: { } source, Target: { } target })
        {
            return;
        }

        foreach (UniqueIndexSchema index in target.UniqueIndexes.Where(index => !IsImplied(entity, index, Side.Target, source)))
        {
            findings.Refuse(
                $"{entity.TableText(Side.Target)} has the unique index '{index.Name}'{Over(index)}, and the source table has none like it, so rows that the source accepts would clash; create it on the source too, or on the target after the migration");
        }

        foreach (UniqueIndexSchema index in source.UniqueIndexes.Where(index => !IsImplied(entity, index, Side.Source, target)))
        {
            findings.Warn(
                $"{entity.TableText(Side.Source)} has the unique index '{index.Name}'{Over(index)}, and the target table has none like it; once the target has the authority, rows that clash on the source close the way back");
        }
    }

    private static void CheckCollations(EntitySchema entity, Side side, SchemaFindings findings)
    {
        foreach (UniqueIndexSchema index in entity.On(side)?.UniqueIndexes ?? [])
        {
            foreach (string name in index.Columns)
            {
                if (entity.FindMapped(side, name) is { Descriptor.IsKey: false } column && column.On(side)!.FoldingCollation is { } collation)
                {
                    findings.Refuse(
                        $"{entity.ColumnText(side, column)} is in the unique index '{index.Name}' and has the collation '{collation}', under which different texts clash; give it a collation that compares by code points (BINARY, \"C\")");
                }
            }
        }
    }

    /// <summary>Whether the other side's key or one of its unique indexes keeps apart whatever this index keeps apart.</summary>
    private static bool IsImplied(EntitySchema entity, UniqueIndexSchema index, Side side, TableSchema other)
    {
        if (index.Columns.Count == 0)
        {
            // Expressions cannot be compared across engines; one on the other side is taken for its counterpart.
            return other.UniqueIndexes.Any(candidate => candidate.Columns.Count == 0);
        }

        // A column that no member maps has no counterpart. What is unique in fewer columns is unique in more.
        HashSet<string> names = [];
        foreach (string name in index.Columns)
        {
            if (entity.FindMapped(side, name)?.On(side.Other()) is { } counterpart)
            {
                names.Add(counterpart.Name);
            }
        }

        // Conditions cannot be compared either: a partial index stands for a partial one over its columns.
        return names.IsSupersetOf(other.PrimaryKey) && other.PrimaryKey.Count > 0
            || other.UniqueIndexes.Any(candidate => candidate.Columns.Count > 0 && (index.IsPartial || !candidate.IsPartial) && names.IsSupersetOf(candidate.Columns));
    }

    private static string Over(UniqueIndexSchema index) =>
        index.Columns.Count == 0 ? " over an expression" : $" over ({string.Join(", ", index.Columns)})";
}

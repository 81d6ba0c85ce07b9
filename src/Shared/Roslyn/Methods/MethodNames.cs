using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>Names of the entity's table and columns that are others on the target.</summary>
internal static class MethodNames
{
    public static void Check(MethodShape shape, EntityShape entity, MethodText source, MethodText target)
    {
        MethodColumns onSource = new(entity, source, isSource: true);
        if (shape.Target is null)
        {
            if (FindTable(entity, source) is { } table)
            {
                shape.AddText(MethodProblemKind.TargetText, table, $"uses '{table}', whose name on the target is '{Name(entity.TargetTable)}': give Target = \"…\" a text in the target's names");
            }
            else if (FindColumn(source, onSource, member => member.IsSourceOnly || IsOther(member), isResult: false) is { } column)
            {
                shape.AddText(
                    MethodProblemKind.TargetText, column.SourceName,
                    column.IsSourceOnly
                        ? $"uses '{column.SourceName}', a column that the target does not have: give Target = \"…\" a text without it"
                        : $"uses '{column.SourceName}', whose name on the target is '{column.TargetName}': give Target = \"…\" a text in the target's names");
            }
            else if (OtherEntities.Renamed(shape.Method.ContainingAssembly, source.Tables.All.Where(table => !onSource.IsTable(table))) is { } other)
            {
                shape.AddText(MethodProblemKind.TargetText, other.Written, $"uses '{other.Written}', whose name on the target is '{Name(other.Target)}': give Target = \"…\" a text in the target's names");
            }

            if (shape.Problems.Any(static problem => problem.Kind == MethodProblemKind.TargetText))
            {
                return;
            }
        }

        // Columns of the other side alone, where no column of this one has their names.
        MethodColumns onlyTarget = new(entity, source, isSource: false, isSourceTable: true, static member => member.IsTargetOnly);
        if (FindColumn(source, onlyTarget, member => onSource.Find(new SqlName(member.TargetName, IsQuoted: false)) is null, isResult: true) is { } early)
        {
            shape.AddText(
                MethodProblemKind.TargetText, early.TargetName,
                shape.Target is null
                    ? $"uses '{early.TargetName}', a column that the source does not have: give it to Target = \"…\" alone, and the source a text without it"
                    : $"uses '{early.TargetName}' in the text for the source, which does not have that column: give the source a text without it");
            return;
        }

        if (shape.Target is null)
        {
            return;
        }

        if (FindTable(entity, target) is { } left)
        {
            shape.AddText(MethodProblemKind.TargetText, left, $"uses '{left}' in the text for the target, where the table's name is '{Name(entity.TargetTable)}'");
            return;
        }

        // In the target's text the source's names, where no column of the target has them.
        MethodColumns misplaced = new(entity, target, isSource: true, isSourceTable: false, static member => !member.IsTargetOnly);
        MethodColumns onTarget = new(entity, target, isSource: false);
        if (FindColumn(target, misplaced, member => (member.IsSourceOnly || IsOther(member)) && onTarget.Find(new SqlName(member.SourceName, IsQuoted: false)) is null, isResult: true) is { } wrong)
        {
            shape.AddText(
                MethodProblemKind.TargetText, wrong.SourceName,
                wrong.IsSourceOnly
                    ? $"uses '{wrong.SourceName}' in the text for the target, which does not have that column: leave it out there"
                    : $"uses '{wrong.SourceName}' in the text for the target, where the column's name is '{wrong.TargetName}'");
        }
    }

    private static bool IsOther(MemberShape member) => !string.Equals(member.SourceName, member.TargetName, StringComparison.OrdinalIgnoreCase);

    private static string Name((string? Schema, string Name) table) => table.Schema is { } schema ? schema + "." + table.Name : table.Name;

    private static string? FindTable(EntityShape entity, MethodText text)
    {
        ((string? schema, string name), (string? targetSchema, string targetName)) = (entity.SourceTable, entity.TargetTable);
        foreach (MethodTable table in text.Tables.All.Where(table => table.Is(schema, name)))
        {
            if (!table.IsExactly(targetSchema, targetName))
            {
                return table.Table!.ToString();
            }
        }

        return null;
    }

    private static MemberShape? FindColumn(MethodText text, MethodColumns columns, Func<MemberShape, bool> isWanted, bool isResult)
    {
        TokenCursor cursor = text.Cursor;
        MethodAliases aliases = new(cursor);
        for (int index = 0; index < cursor.Count; index++)
        {
            // A name without a table's may be one of another table of its own query; whoever means that can say so.
            if (!aliases.IsAt(index, isResult) && (columns.EndingAt(cursor, index, out _) ?? columns.PossiblyAt(cursor, index)) is { } member && isWanted(member))
            {
                return member;
            }
        }

        IEnumerable<SqlName> named = text.IsWrite ? [.. text.Statement!.SetColumns, .. InsertedColumns(cursor)] : [];
        return named.Select(columns.Find).FirstOrDefault(member => member is not null && isWanted(member));
    }

    private static IEnumerable<SqlName> InsertedColumns(TokenCursor cursor)
    {
        cursor.At = cursor.Find(0, "INTO") + 1;
        if (cursor.At == 0 || cursor.TakeTable() is null)
        {
            return [];
        }

        return MethodGivenValues.Items(cursor, cursor.At).Where(static item => item.Length == 1).Select(item => cursor.NameAt(item.First)).OfType<SqlName>();
    }
}

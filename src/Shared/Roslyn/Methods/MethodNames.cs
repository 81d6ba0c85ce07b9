using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>Names of tables and columns, the entity's and those of other entities, that are others on the target.</summary>
internal static class MethodNames
{
    public static void Check(MethodShape shape, EntityShape entity, OtherEntities others, MethodText source, MethodText target)
    {
        MethodColumns onSource = new(entity, others, source, isSource: true);
        if (shape.Target is null)
        {
            if (FindTable(entity, source) is { } table)
            {
                shape.AddText(MethodProblemKind.TargetText, table, $"uses '{table}', whose name on the target is '{Name(entity.TargetTable)}': give Target = \"…\" a text in the target's names");
            }
            else if (FindColumn(source, onSource, member => member.IsSourceOnly || IsOther(member), isAbsent: false) is { } column)
            {
                shape.AddText(
                    MethodProblemKind.TargetText, column.Member.SourceName,
                    column.Doubt ?? (column.Member.IsSourceOnly
                        ? $"uses '{column.Member.SourceName}', a column that the target does not have: give Target = \"…\" a text without it"
                        : $"uses '{column.Member.SourceName}', whose name on the target is '{column.Member.TargetName}': give Target = \"…\" a text in the target's names"));
            }
            else if (others.Renamed(source.Tables.All.Where(table => !onSource.IsTable(table))) is { } other)
            {
                shape.AddText(MethodProblemKind.TargetText, other.Written, $"uses '{other.Written}', whose name on the target is '{Name(other.Target)}': give Target = \"…\" a text in the target's names");
            }
            else if (MethodForeignNames.Find(source, onSource, isMisplaced: false) is { } foreign)
            {
                shape.AddText(
                    MethodProblemKind.TargetText, foreign.SourceName,
                    foreign.IsSourceOnly
                        ? $"uses '{foreign.SourceName}' of '{MethodForeignNames.Owner(foreign)}', a column that the target does not have: give Target = \"…\" a text without it"
                        : $"uses '{foreign.SourceName}' of '{MethodForeignNames.Owner(foreign)}', whose name on the target is '{foreign.TargetName}': give Target = \"…\" a text in the target's names");
            }

            if (shape.Problems.Any(static problem => problem.Kind == MethodProblemKind.TargetText))
            {
                return;
            }
        }

        // Columns of the other side alone, where no column of this one has their names.
        MethodColumns onlyTarget = new(entity, others, source, isSource: false, isSourceTable: true, static member => member.IsTargetOnly);
        if (FindColumn(source, onlyTarget, member => onSource.Find(new SqlName(member.TargetName, IsQuoted: false)) is null, isAbsent: true, isLeftOver: false) is { } early)
        {
            shape.AddText(
                MethodProblemKind.TargetText, early.Member.TargetName,
                early.Doubt ?? (shape.Target is null
                    ? $"uses '{early.Member.TargetName}', a column that the source does not have: give it to Target = \"…\" alone, and the source a text without it"
                    : $"uses '{early.Member.TargetName}' in the text for the source, which does not have that column: give the source a text without it"));
            return;
        }

        if (MethodForeignNames.Find(source, onSource, isMisplaced: true) is { } alien)
        {
            shape.AddText(MethodProblemKind.TargetText, alien.TargetName, $"uses '{alien.TargetName}' of '{MethodForeignNames.Owner(alien)}', a column that the source does not have: give it to Target = \"…\" alone, and the source a text without it");
            return;
        }

        if (shape.Target is not null)
        {
            CheckTarget(shape, entity, others, target);
        }
    }

    private static void CheckTarget(MethodShape shape, EntityShape entity, OtherEntities others, MethodText target)
    {
        if (FindTable(entity, target) is { } left)
        {
            shape.AddText(MethodProblemKind.TargetText, left, $"uses '{left}' in the text for the target, where the table's name is '{Name(entity.TargetTable)}'");
            return;
        }

        MethodColumns onTarget = new(entity, others, target, isSource: false);
        if (others.LeftOver(target.Tables.All.Where(table => !onTarget.IsTable(table))) is { } other)
        {
            shape.AddText(MethodProblemKind.TargetText, other.Written, $"uses '{other.Written}' in the text for the target, where the table's name is '{Name(other.Target)}'");
            return;
        }

        // In the target's text the source's names, where no column of the target has them.
        MethodColumns misplaced = new(entity, others, target, isSource: true, isSourceTable: false, static member => !member.IsTargetOnly);
        if (FindColumn(target, misplaced, member => (member.IsSourceOnly || IsOther(member)) && onTarget.Find(new SqlName(member.SourceName, IsQuoted: false)) is null, isAbsent: true) is { } wrong)
        {
            shape.AddText(
                MethodProblemKind.TargetText, wrong.Member.SourceName,
                wrong.Doubt ?? (wrong.Member.IsSourceOnly
                    ? $"uses '{wrong.Member.SourceName}' in the text for the target, which does not have that column: leave it out there"
                    : $"uses '{wrong.Member.SourceName}' in the text for the target, where the column's name is '{wrong.Member.TargetName}'"));
        }
        else if (MethodForeignNames.Find(target, onTarget, isMisplaced: true) is { } alien)
        {
            shape.AddText(
                MethodProblemKind.TargetText, alien.SourceName,
                alien.IsSourceOnly
                    ? $"uses '{alien.SourceName}' of '{MethodForeignNames.Owner(alien)}' in the text for the target, which does not have that column: leave it out there"
                    : $"uses '{alien.SourceName}' of '{MethodForeignNames.Owner(alien)}' in the text for the target, where the column's name is '{alien.TargetName}'");
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

    /// <summary>The first such column; before all, one that may be another table's.</summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">The columns that are looked for.</param>
    /// <param name="isWanted">Which of them.</param>
    /// <param name="isAbsent">Whether the table has none of them on the text's side.</param>
    /// <param name="isLeftOver">Whether a name in a query on other tables may be that of the query around it; else it can be theirs only.</param>
    /// <returns>The member, and what is to be said of a name that may be another table's.</returns>
    private static (MemberShape Member, string? Doubt)? FindColumn(MethodText text, MethodColumns columns, Func<MemberShape, bool> isWanted, bool isAbsent, bool isLeftOver = true)
    {
        TokenCursor cursor = text.Cursor;
        MethodAliases aliases = new(cursor, text.Tables.Scopes);
        SqlName[] named = Written(text);
        (MemberShape, string?)? certain = null;
        for (int index = 0; index < cursor.Count; index++)
        {
            if (aliases.IsAt(index, isAbsent) || (columns.EndingAt(cursor, index, out _) ?? (isLeftOver ? columns.PossiblyAt(cursor, index) : null)) is not { } member || !isWanted(member))
            {
                continue;
            }

            // What is written is the entity's table.
            if (columns.OtherAt(cursor, index, isAbsent) is not { } other || named.Any(set => string.Equals(set.Text, cursor.NameAt(index)?.Text, StringComparison.OrdinalIgnoreCase)))
            {
                certain ??= (member, null);
            }
            else if (!columns.IsKnownBeside(cursor, index))
            {
                // Who writes whose column it is gets the right advice then: that on the target's names would be wrong for the other table's.
                string name = cursor.NameAt(index)?.Text ?? member.Name;
                string own = isAbsent ? "" : $", or '{columns.CalledAt(index)}.{name}' for that of '{member.Name}'";
                return (member, $"uses '{name}' beside another table, whose column it may be: write '{other}.{name}'{own}");
            }
        }

        return certain ?? (named.Select(columns.Find).FirstOrDefault(member => member is not null && isWanted(member)) is { } set ? (set, null) : null);
    }

    /// <summary>The columns that are set or inserted: those of the table that is written.</summary>
    public static SqlName[] Written(MethodText text) => text.IsWrite ? [.. text.Statement!.SetColumns, .. InsertedColumns(text.Cursor)] : [];

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

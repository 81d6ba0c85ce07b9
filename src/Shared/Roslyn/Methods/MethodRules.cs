using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>What must hold between a <c>[Sql]</c> method, its texts and the entity.</summary>
internal static class MethodRules
{
    private static readonly ImmutableArray<string> s_rowIds = ["rowid", "_rowid_", "oid"];

    public static void Check(MethodShape shape, EntityShape entity, CancellationToken cancellationToken)
    {
        MethodText source = MethodText.Read(shape.Source);
        MethodText target = shape.Target is { } text ? MethodText.Read(text) : source;
        OtherEntities others = IsAlone(entity, source) && IsAlone(entity, target) ? OtherEntities.None : OtherEntities.Of(shape.Method.ContainingAssembly, shape.Attributes, cancellationToken);
        MethodColumns onSource = new(entity, others, source, isSource: true);
        MethodColumns onTarget = new(entity, others, target, isSource: false);

        // Without a text of its own, what the target is given is told by the rule on names alone.
        bool isReadable = CheckText(shape, source, onSource, "") && (shape.Target is null || CheckText(shape, target, onTarget, "the text for the target "));
        if (!isReadable)
        {
            return;
        }

        if (source.IsRead != target.IsRead || source.HasReturning != target.HasReturning)
        {
            shape.AddText(MethodProblemKind.Text, "", "has two texts of which one reads and the other writes, or one alone has RETURNING: both sides must do the same");
            return;
        }

        shape.IsWrite = source.IsWrite;
        CheckKey(shape, entity, source, onSource);
        if (shape.Target is not null)
        {
            CheckKey(shape, entity, target, onTarget);
        }

        MethodNames.Check(shape, entity, others, source, target);
        if (shape.Target is null)
        {
            // Where the names are the same, so are the columns.
            onTarget = onSource;
        }

        MethodParameterRules.Check(shape, source, target, onSource, onTarget);
        MethodRowRules.Check(shape, entity, source, target, onSource, onTarget);
    }

    private static bool IsAlone(EntityShape entity, MethodText text)
    {
        ((string? schema, string name), (string? targetSchema, string targetName)) = (entity.SourceTable, entity.TargetTable);
        return text.Tables.All.All(table => table.Table is null || table.Is(schema, name) || table.Is(targetSchema, targetName));
    }

    private static bool CheckText(MethodShape shape, MethodText text, MethodColumns columns, string which)
    {
        string? problem = text switch
        {
            { Statements: 0 } => "is empty",
            { Statement: null } => $"holds {text.Statements} statements: write a method for each, and pass them one transaction",
            { IsRead: true } => null,
            { IsWrite: true } when text.Statement!.Table is { } table && columns.IsTable(table) => null,
            { IsWrite: true } => $"writes {text.Statement!.Table}, which is not the entity's table on that side: move the method to the repository of that table's entity, or correct the name",
            { Statement.Kind: StatementKind.UnknownRows } => $"is refused: {text.Statement.Reason}, so the follower could not be made to follow. Use INSERT, UPDATE or DELETE by itself",
            { Statement.Kind: StatementKind.Unknown } => $"is refused: {text.Statement.Reason}",
            _ => $"is {text.Statement!.Verb}, which neither reads rows nor changes rows of one table: run it outside DbMove",
        };
        problem ??= text.Parameters.FirstOrDefault(static name => name[0] != '@' || name.Length < 2) is { } foreign
            ? $"has a parameter '{foreign}': write parameters as @name, which every driver takes"
            : null;
        if (problem is not null)
        {
            shape.AddText(MethodProblemKind.Text, "", which.Length > 0 ? "has a text for the target that " + problem : "has a text that " + problem);
        }

        return problem is null;
    }

    private static void CheckKey(MethodShape shape, EntityShape entity, MethodText text, MethodColumns columns)
    {
        foreach (SqlName set in text.IsWrite ? text.Statement!.SetColumns : [])
        {
            MemberShape? member = columns.Find(set);
            bool isKey = member is not null ? entity.Key.Contains(member) : entity.Key.Length == 1 && s_rowIds.Contains(set.Text, StringComparer.OrdinalIgnoreCase);
            if (isKey)
            {
                shape.AddText(MethodProblemKind.SetsKey, set.Text, "");
                return;
            }
        }
    }
}

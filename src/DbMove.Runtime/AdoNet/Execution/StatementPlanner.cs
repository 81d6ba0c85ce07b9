using System.Collections.Concurrent;
using DbMove.AdoNet.Recognition;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;
using DbMove.Sql;

namespace DbMove.AdoNet.Execution;

/// <summary>Decides for every statement of a text how it is run on a side. Texts come again and again, so the answers are kept.</summary>
internal sealed class StatementPlanner(MigrationContext context, DualWriteDataSourceOptions options)
{
    // For a program that writes its values into its texts: then every text is new, and keeping them helps nobody.
    private const int MaximumTexts = 2000;

    private readonly ConcurrentDictionary<(string Text, Side Side), StatementPlan[]> _plans = new();

    /// <summary>The plans of a text's statements, in order. Refuses nothing: a plan may be a refusal.</summary>
    public StatementPlan[] Plan(string text, Side side)
    {
        if (_plans.TryGetValue((text, side), out StatementPlan[]? plans))
        {
            return plans;
        }

        SqlLexicon lexicon = context.Database(side).Syntax.Lexicon
            ?? throw new NotSupportedException($"The dialect {context.Database(side).Dialect} does not say how its SQL is read, so DualWriteDataSource cannot use it.");
        plans = [.. StatementSplitter.Split(text, lexicon.TokenRules).Select(statement => Plan(statement, side, lexicon))];
        if (_plans.Count < MaximumTexts)
        {
            _plans.TryAdd((text, side), plans);
        }

        return plans;
    }

    private StatementPlan Plan(RecognizedStatement statement, Side side, SqlLexicon lexicon)
    {
        string verb = statement.Verb;
        if (statement.Kind is StatementKind.Read or StatementKind.Rows or StatementKind.UnknownRows
            && statement.Calls.FirstOrDefault(call => call.ChangesConnection(lexicon)) is { } changing)
        {
            return Refuse(
                statement, StatementRefusal.ConnectionState,
                $"{verb} calls {changing.Name.Text}(), which changes a connection of the driver beyond its transaction, or writes what no transaction shows; the connection would go on changed to whoever is next. Use what ends with the transaction (pg_advisory_xact_lock, set_config of a setting of your own with true, BeginTransaction), or a connection of the driver's own.");
        }

        switch (statement.Kind)
        {
            case StatementKind.Read:
                return !statement.Calls.All(call => call.IsHarmless(lexicon, options.ReadOnlyFunctions))
                    ? new StatementPlan(PlanKind.Read, statement) { MustNotWrite = true, Dirty = context.Entities, Reason = $"{verb} calls a function that writes, and nothing tells which rows" }
                    : new StatementPlan(PlanKind.Read, statement);
            case StatementKind.Definition:
                return Refuse(
                    statement, StatementRefusal.Definition,
                    $"{verb} would change one side only: both sides' tables are checked against each other when the migration starts. Change both databases outside DbMove, and start the service again.") with { MayRunWhenCompleted = true };
            case StatementKind.Transaction:
                return Refuse(
                    statement, StatementRefusal.TransactionControl,
                    $"{verb} as text would end or divide a transaction that DbMove answers for. Use DbConnection.BeginTransaction, and Commit, Rollback, Save and Release of its transaction.");
            case StatementKind.Session:
                return Refuse(
                    statement, StatementRefusal.ConnectionState,
                    $"{verb} works on one connection of the driver, and commands run on whichever is free, on either side. Use a connection of the driver's own for it; settings belong into the connection string or to the role.");
            case StatementKind.Unknown:
                return Refuse(
                    statement, StatementRefusal.UnknownStatement,
                    $"{verb} is refused: {statement.Reason}, so it might write unseen. Use a repository, or a connection of the driver's own if it concerns no entity.") with { MayRunWhenCompleted = true };
        }

        if (statement.Table is { } table && Find(table, side, lexicon) is { } entity)
        {
            return PlanRows(statement, entity, side, lexicon);
        }

        return statement.Kind == StatementKind.UnknownRows && FindNamed(statement, side, lexicon) is { Count: > 0 } named
            ? PlanUnknown(statement, named, StatementRefusal.UnknownRows, $"{statement.Verb}: {statement.Reason}")
            : PlanOther(statement, side, lexicon);
    }

    private StatementPlan PlanRows(RecognizedStatement statement, EntityBinding entity, Side side, SqlLexicon lexicon)
    {
        if (statement.Kind == StatementKind.UnknownRows)
        {
            return PlanUnknown(statement, FindNamed(statement, side, lexicon), StatementRefusal.UnknownRows, $"{statement.Verb} on {entity.Name}: {statement.Reason}");
        }

        if (FindSetKey(statement, entity, side, lexicon) is { } key)
        {
            return PlanUnknown(
                statement, [entity], StatementRefusal.KeyChange,
                $"{statement.Verb} on {entity.Name} sets {key}: nothing tells which keys are no more. Leave it out of SET where it does not change; else delete the row and insert it anew, or use the repository");
        }

        if (statement.Replaces && entity.Tables[(int)side].UniqueIndexes.Count > 0)
        {
            return PlanUnknown(
                statement, [entity], StatementRefusal.UnknownRows,
                $"{statement.Verb} with REPLACE on {entity.Name} deletes whatever row holds the same unique value, and nothing tells which. Use INSERT … ON CONFLICT (key) DO UPDATE");
        }

        return new StatementPlan(PlanKind.Rows, statement) { Entity = entity, KeyedText = KeyedText(statement, entity, side, lexicon), MayRunWhenCompleted = true };
    }

    /// <summary>What of the key the statement sets, in words; null: nothing.</summary>
    private static string? FindSetKey(RecognizedStatement statement, EntityBinding entity, Side side, SqlLexicon lexicon)
    {
        foreach (SqlName set in statement.SetColumns)
        {
            if (entity.Descriptor.KeyColumns.FirstOrDefault(column => set.Is(column.NameOn(side), lexicon)) is { } column)
            {
                return $"{column.NameOn(side)}, a column of the key";
            }

            if (entity.Descriptor.KeyColumns.Length == 1 && lexicon.RowIdNames.Contains(set.Text) && entity.Tables[(int)side].FindColumn(set.Text) is null)
            {
                return $"{set.Text}, which is another name of an integer key";
            }
        }

        return null;
    }

    private StatementPlan PlanUnknown(RecognizedStatement statement, IReadOnlyList<EntityBinding> entities, StatementRefusal refusal, string reason) =>
        options.UnsafeStatements == UnsafeStatements.MarkDirty
            ? new StatementPlan(PlanKind.Dirty, statement) { Dirty = entities, Reason = reason, MayRunWhenCompleted = true }
            : Refuse(
                statement, refusal,
                $"{reason}. DbMove could not make the follower follow. Write it otherwise, use the repository, or allow it with UnsafeStatements.MarkDirty: the gate is closed then until a full validation has come clean.") with { MayRunWhenCompleted = true };

    private StatementPlan PlanOther(RecognizedStatement statement, Side side, SqlLexicon lexicon)
    {
        if (statement.Names.Any(name => name.Text.StartsWith(context.Names.Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return Refuse(statement, StatementRefusal.ControlTable, $"{statement.Verb} writes a table of DbMove's own, whose names begin with {context.Names.Prefix}.");
        }

        string table = statement.Table is { } known ? $"table {known}" : "a table";
        string hint = string.Empty;
        if (statement.Table is { } named && context.Entities.FirstOrDefault(entity => entity.Tables.Any(each => named.Is(each, lexicon))) is { } elsewhere)
        {
            hint = $" It is the name of {elsewhere.Name} on the other side: give a text for the target (TargetCommandText or DualWriteDataSourceOptions.TargetText).";
        }
        else if (statement.Table is { Schema: null } bare
            && context.Entities.FirstOrDefault(entity => bare.Name.Is(entity.Tables[(int)side].Name.Name, lexicon)) is { } hidden)
        {
            hint = $" The table of {hidden.Name} is {hidden.Tables[(int)side].Name}, and the search path does not find it by its name alone: write the schema if that one is meant.";
        }

        return options.OtherTables == OtherTables.AuthorityOnly && hint.Length == 0
            ? new StatementPlan(PlanKind.AuthorityOnly, statement) { MayRunWhenCompleted = true }
            : Refuse(
                statement, StatementRefusal.OtherTable,
                $"{statement.Verb} writes {table}, which is no entity of migration '{context.Name}' on this side, so its rows would stay behind.{hint} Add an entity for it, write it through a connection of the driver's own, or allow it with OtherTables.AuthorityOnly.") with { MayRunWhenCompleted = true };
    }

    private static StatementPlan Refuse(RecognizedStatement statement, StatementRefusal refusal, string reason) =>
        new(PlanKind.Refused, statement) { Refusal = refusal, Reason = reason };

    /// <summary>The statement with the key's columns in front of what it returns, or with a RETURNING where it has none.</summary>
    private string KeyedText(RecognizedStatement statement, EntityBinding entity, Side side, SqlLexicon lexicon)
    {
        SqlSyntax syntax = context.Database(side).Syntax;
        string prefix = lexicon.QualifiesReturning ? statement.Qualifier + "." : string.Empty;
        string keys = string.Join(", ", entity.Descriptor.KeyColumns.Select(column => prefix + syntax.Quote(column.NameOn(side))));
        return statement.ReturningEnd < 0
            ? $"{statement.Text} RETURNING {keys}"
            : $"{statement.Text[..statement.ReturningEnd]} {keys}, {statement.Text[statement.ReturningEnd..]}";
    }

    private EntityBinding? Find(SqlTable table, Side side, SqlLexicon lexicon) =>
        context.Entities.FirstOrDefault(entity => table.Is(entity.Tables[(int)side], lexicon));

    /// <summary>The entities that the statement names anywhere, or all of them where its reach is not told.</summary>
    private List<EntityBinding> FindNamed(RecognizedStatement statement, Side side, SqlLexicon lexicon) =>
        [.. context.Entities.Where(entity => statement.ReachesAll || statement.Names.Any(name => name.Is(entity.Tables[(int)side].Name.Name, lexicon)))];
}

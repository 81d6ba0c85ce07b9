namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>Makes the corpus: every form with many statements, names and ways to write a text.</summary>
internal static class UnsafeWrites
{
    private const int PerForm = 68;

    // Of so many texts one is made in a way that the rules do not follow.
    private const int NotFollowedEvery = 34;

    private static readonly string[] s_writes =
    [
        "orders.InsertAsync(order{0})", "orders.InsertManyAsync([order]{0})", "orders.UpdateAsync(order{0})", "orders.UpdateManyAsync([order]{0})",
        "orders.UpsertAsync(order{0})", "orders.UpsertManyAsync([order]{0})", "orders.DeleteAsync(1{0})", "orders.DeleteManyAsync([1, 2]{0})",
    ];

    private static readonly string[] s_throughDbMove =
    [
        "dualConnection.CreateCommand().CommandText = {text};",
        "await using DbCommand command = dual.CreateCommand({text}); await command.ExecuteNonQueryAsync();",
        "await using DbConnection one = await dual.OpenConnectionAsync(token); await one.ExecuteAsync({text});",
    ];

    public static IReadOnlyList<UnsafeForm> All { get; } =
    [
        .. SqlForms.Plain.Select((form, index) => new UnsafeForm(form.Name, form.Rule, [.. Texts(form.Code, Statements.Writes, Statements.Migratable, index)])),
        .. SqlForms.Copies.Select((form, index) => new UnsafeForm(form.Name, form.Rule, [.. Texts(form.Code, Statements.Copies, Statements.Migratable, index)])),
        .. SqlForms.Interpolated.Select((form, index) => new UnsafeForm(form.Name, form.Rule, [.. Interpolated(form.Code, Statements.Writes, Statements.Migratable, index)])),
        new UnsafeForm("EF Core SaveChanges", "DBM2003", [.. Saves("shop", "Orders")]),
        new UnsafeForm("EF Core ExecuteUpdate and ExecuteDelete", "DBM2004", [.. Bulk("Order", "shop.Orders")]),
        new UnsafeForm("a side's session", "DBM2011", [.. Texts("await session.ExecuteAsync({text}, default, token);", Statements.Writes, Statements.Migratable, 30)]),
        new UnsafeForm("a side's store", "DBM2011", [.. new[] { "InsertAsync(session, guard, [order], token)", "UpdateAsync(session, guard, [order], token)", "UpsertAsync(session, guard, [order], token)", "DeleteAsync(session, guard, [1L], token)", "InsertMissingAsync(session, [order], token)", "UpsertImagesAsync(session, [order], token)", "DeleteImagesAsync(session, [1L], token)" }.Select(call => new CorpusMethod($"await store.{call};"))]),
        new UnsafeForm("a value in a text of DualWriteDataSource", "DBM2010", [.. s_throughDbMove.SelectMany(code => Statements.Carried.Select((text, index) => new CorpusMethod(code.Replace("{text}", "$" + TextShapes.Literal(text.Replace("{t}", "orders", StringComparison.Ordinal) + " -- {0}").Replace("{0}", "{input}", StringComparison.Ordinal), StringComparison.Ordinal))))]),
        new UnsafeForm("a statement that DualWriteDataSource refuses", "DBM2012", [.. s_throughDbMove.SelectMany(code => Statements.Refused.SelectMany(text => Statements.Migratable.Where(table => table[0] is not ('`' or '[')).Select(table => new CorpusMethod(code.Replace("{text}", TextShapes.Literal(text.Replace("{t}", table, StringComparison.Ordinal)), StringComparison.Ordinal)))))]),
        new UnsafeForm("a call that nobody awaits", "DBM2007", Each("{0};", "_ = {0};", "_ = {0}.ConfigureAwait(false);", "Action later = () => {0};", "var writing = {0};")),
        new UnsafeForm("a write in a TransactionScope", "DBM2008", Each("using var scope = new TransactionScope(); await {0};", "using (new TransactionScope()) {{ await {0}; }}", "using (var scope = new TransactionScope(TransactionScopeOption.RequiresNew)) {{ if (choice) {{ await {0}; }} }}", "TransactionScope scope = new(); foreach (int id in ids) {{ await {0}; }}")),
        new UnsafeForm("a write without the open transaction", "DBM2009", Each(Begin("await {0};"), Begin("foreach (int id in ids) {{ await {0}; }}"), Begin("if (choice) {{ var writing = {0}; await writing; }}"), "await migration.ExecuteInTransactionAsync(async (transaction, inner) => {{ await {0}; }});")),
    ];

    /// <summary>One text after the other, through all statements, names and shapes, so that their pairs change from form to form.</summary>
    public static IEnumerable<CorpusMethod> Texts(string code, IReadOnlyList<string> statements, IReadOnlyList<string> tables, int form, int count = PerForm)
    {
        for (int index = 0; index < count; index++)
        {
            int turn = (form * 37) + index;
            TextShape shape = index % NotFollowedEvery == NotFollowedEvery - 1
                ? TextShapes.NotFollowed[(form + index) % TextShapes.NotFollowed.Count]
                : TextShapes.Followed[turn % TextShapes.Followed.Count];
            TextShape.Made made = shape.Make(statements[(turn + (turn / 24)) % statements.Count], tables[(turn + (turn / 12)) % tables.Count]);
            yield return new CorpusMethod(made.Before + " " + code.Replace("{text}", made.Expression, StringComparison.Ordinal), made.Members, made.Elsewhere, shape.Name);
        }
    }

    public static IEnumerable<CorpusMethod> Interpolated(string code, IReadOnlyList<string> statements, IReadOnlyList<string> tables, int form, int count = PerForm)
    {
        for (int index = 0; index < count; index++)
        {
            string text = statements[(form + index) % statements.Count].Replace("{t}", tables[(index + (index / 12)) % tables.Count], StringComparison.Ordinal);
            string interpolated = "$" + TextShapes.Literal(text + " -- {0}").Replace("{0}", "{order.Id}", StringComparison.Ordinal);
            yield return index % 3 == 0
                ? new CorpusMethod($"FormattableString sql = {interpolated}; " + code.Replace("{text}", "sql", StringComparison.Ordinal), Shape: "a local variable")
                : new CorpusMethod(code.Replace("{text}", interpolated, StringComparison.Ordinal), Shape: "an interpolated string");
        }
    }

    public static IEnumerable<CorpusMethod> Saves(string context, string set)
    {
        string[] changes = [$"{context}.{set}.Add(new());", $"{context}.{set}.RemoveRange({context}.{set});", $"{context}.{set}.First().Id = 1;", ""];
        string[] saves = ["{0}.SaveChanges();", "{0}.SaveChanges(false);", "await {0}.SaveChangesAsync();", "await {0}.SaveChangesAsync(token);", "await {0}.SaveChangesAsync(true, token).ConfigureAwait(false);", "var one = {0}; int count = await one.SaveChangesAsync(); System.Console.WriteLine(count);"];
        return from change in changes from save in saves select new CorpusMethod(change + " " + save.Replace("{0}", context, StringComparison.Ordinal));
    }

    public static IEnumerable<CorpusMethod> Bulk(string entity, string set)
    {
        string[] queries = [set, $"{set}.AsNoTracking()", $"{set}.Where(one => one.Id > 1)", $"shop.Set<{entity}>()", $"{set}.OrderBy(one => one.Id).Take(10)", $"(from one in {set} where one.Id == 2 select one)"];
        string[] ends = ["{0}.ExecuteDelete();", "await {0}.ExecuteDeleteAsync(token);", "{0}.ExecuteUpdate(change => change.SetProperty(one => one.Id, 1L));", "await {0}.ExecuteUpdateAsync(change => change.SetProperty(one => one.Id, one => one.Id + 1), token);"];
        return from query in queries from end in ends select new CorpusMethod(end.Replace("{0}", query, StringComparison.Ordinal));
    }

    private static string Begin(string then) => "await using var transaction = await migration.BeginTransactionAsync(); " + then + " await transaction.CommitAsync();";

    private static IReadOnlyList<CorpusMethod> Each(params IEnumerable<string> templates) =>
        [.. from template in templates from write in s_writes select new CorpusMethod(string.Format(null, template, string.Format(null, write, "")))];
}

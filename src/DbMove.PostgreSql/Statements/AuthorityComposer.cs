using System.Collections.Concurrent;
using DbMove.Dialects;
using DbMove.Mapping;
using static DbMove.PostgreSql.Statements.EntityStatements;

namespace DbMove.PostgreSql.Statements;

/// <summary>
/// Composes the writes on the authority. One statement reads the control row, writes only if it matches, records the
/// intent and returns the row: the fence, taken before it, keeps the control row as it was read.
/// </summary>
internal sealed class AuthorityComposer
{
    private readonly EntityStatements _entity;
    private readonly ConcurrentDictionary<string, AuthorityStatement> _clearings = new(StringComparer.Ordinal);

    public AuthorityComposer(EntityStatements entity)
    {
        _entity = entity;
        if (entity.InsertColumns.Length == 0)
        {
            throw new InvalidOperationException(
                $"The database makes every column of {entity.Definition.Table.Name}; an entity needs one that the application gives.");
        }

        string names = NameList(entity.InsertColumns);
        Insert = Compose(
            "insert",
            $"INSERT INTO {entity.Table} AS t ({names}) SELECT {NewValues(entity.InsertColumns)} FROM ctl",
            $"INSERT INTO {entity.Table} AS t ({names}) VALUES ({NewValues(entity.InsertColumns)})",
            entity.InsertColumns.Length);

        string insert = $"INSERT INTO {entity.Table} AS t ({NameList(entity.UpsertColumns)}) OVERRIDING SYSTEM VALUE ";
        string newValues = NewValues(entity.UpsertColumns);
        string conflict = ConflictUpdate(entity, entity.UpsertColumns, column => column switch
        {
            { Column.IsRowVersion: true } => $"t.{column.Quoted} + 1",
            { IsShared: true } => $"EXCLUDED.{column.Quoted}",

            // In the row that was to be inserted a default stands for null.
            _ => column.ChangedValue(Parameter(Array.IndexOf(entity.UpsertColumns, column) + 1), "t"),
        });
        string leave = $"ON CONFLICT ({NameList(entity.Keys)}) DO NOTHING";
        Upsert = Compose("upsert", $"{insert}SELECT {newValues} FROM ctl {conflict}", $"{insert}VALUES ({newValues}) {conflict}", entity.UpsertColumns.Length);
        InsertAbsent = Compose("upsert", $"{insert}SELECT {newValues} FROM ctl {leave}", $"{insert}VALUES ({newValues}) {leave}", entity.UpsertColumns.Length);

        Update = ComposeUpdate([]);
        string deleted = entity.KeyPredicate("t", 1);
        Delete = Compose(
            "delete",
            $"DELETE FROM {entity.Table} AS t USING ctl WHERE {deleted}",
            $"DELETE FROM {entity.Table} AS t WHERE {deleted}",
            entity.Keys.Length);
        string intent = PostgreSqlSyntax.Instance.Quote(entity.Definition.Control.Intent);
        RecordIntent = $"INSERT INTO {intent} (migration, entity, key, operation, epoch, created_at) "
            + $"VALUES ($1, $2, $3, $4, $5, {PostgreSqlSyntax.Instance.NowMilliseconds}) RETURNING id";
    }

    public AuthorityStatement Insert { get; }

    public AuthorityStatement Update { get; }

    public AuthorityStatement Upsert { get; }

    /// <summary>Inserts with the given key, and leaves a row that has it as it is.</summary>
    public AuthorityStatement InsertAbsent { get; }

    public AuthorityStatement Delete { get; }

    /// <summary>Records one intent by itself, where only the returned row tells the key's text.</summary>
    public string RecordIntent { get; }

    /// <summary>An update that writes null where the entity has it also in these columns of one side, but for those that allow none.</summary>
    public AuthorityStatement UpdateThatClears(IReadOnlyList<int> ordinals)
    {
        int[] cleared = [.. _entity.UpdateColumns.Where(column => column.Schema.IsNullable && ordinals.Contains(column.Column.Ordinal)).Select(column => column.Column.Ordinal)];
        return cleared.Length == 0 ? Update : _clearings.GetOrAdd(string.Join(',', cleared), static (_, at) => at.Composer.ComposeUpdate(at.Cleared), (Composer: this, Cleared: cleared));
    }

    /// <summary>
    /// What an upsert does with a row that has the primary key already. Naming the key's columns leaves a clash with
    /// another unique index an error.
    /// </summary>
    public static string ConflictUpdate(EntityStatements entity, IEnumerable<ColumnBinding> columns, Func<ColumnBinding, string>? value = null)
    {
        string assignments = string.Join(
            ", ", columns.Where(column => !column.Column.IsKey).Select(column => $"{column.Quoted} = {value?.Invoke(column) ?? $"EXCLUDED.{column.Quoted}"}"));

        // "DO NOTHING" would return no row; setting a key part to itself returns the row as it is.
        return assignments.Length > 0
            ? $"ON CONFLICT ({NameList(entity.Keys)}) DO UPDATE SET {assignments}"
            : $"ON CONFLICT ({NameList(entity.Keys)}) DO UPDATE SET {entity.Keys[0].Quoted} = EXCLUDED.{entity.Keys[0].Quoted}";
    }

    public IEnumerable<KeyValuePair<string, string>> Named()
    {
        foreach ((string name, AuthorityStatement statement) in
            new[] { ("insert", Insert), ("update", Update), ("upsert", Upsert), ("absent.insert", InsertAbsent), ("delete", Delete) })
        {
            if (statement == InsertAbsent && !_entity.Columns.Any(column => column.Column.IsConcurrencyToken))
            {
                continue;
            }

            yield return new($"{name}", statement.Plain);
            yield return new($"{name}.guarded", statement.Guarded);
            yield return new($"{name}.recorded", statement.Recorded);
        }
    }

    // A row version is one more than what the entity says, so that a row that was deleted and comes back is not at its old version.
    private static string NewValues(ColumnBinding[] columns) =>
        string.Join(", ", columns.Select((column, index) => column.NewValue(Parameter(index + 1)) + (column.Column.IsRowVersion ? " + 1" : "")));

    private AuthorityStatement ComposeUpdate(int[] cleared)
    {
        // A table of nothing but keys still tells whether the row is there.
        int count = _entity.UpdateColumns.Length;
        string assignments = count == 0
            ? $"{_entity.Keys[0].Quoted} = t.{_entity.Keys[0].Quoted}"
            : string.Join(", ", _entity.UpdateColumns.Select((column, index) => $"{column.Quoted} = {column switch
            {
                { Column.IsRowVersion: true } => $"t.{column.Quoted} + 1",
                _ when cleared.Contains(column.Column.Ordinal) => column.Value(Parameter(index + 1)),
                _ => column.ChangedValue(Parameter(index + 1), "t"),
            }}"));
        string updated = _entity.KeyPredicate("t", count + 1);
        return Compose(
            "update",
            $"UPDATE {_entity.Table} AS t SET {assignments} FROM ctl WHERE {updated}",
            $"UPDATE {_entity.Table} AS t SET {assignments} WHERE {updated}",
            count + _entity.Keys.Length);
    }

    private AuthorityStatement Compose(string operation, string gated, string plain, int parameters)
    {
        PostgreSqlSyntax syntax = PostgreSqlSyntax.Instance;
        ControlNames control = _entity.Definition.Control;
        string name = Parameter(parameters + 1);
        string epoch = Parameter(parameters + 2);
        string stage = Parameter(parameters + 3);
        string entity = Parameter(parameters + 4);
        string aliased = string.Join(", ", _entity.Columns.Select((column, index) => $"{column.Read("t")} AS c{index}"));
        string images = string.Join(", ", _entity.Columns.Select((_, index) => $"w.c{index}"));
        string ctl = $"WITH ctl AS MATERIALIZED (SELECT 1 FROM {syntax.Quote(control.MigrationTable)} "
            + $"WHERE name = {name} AND side = '{_entity.Definition.Side.ToWireName()}' AND epoch = {epoch} AND stage = {stage}), "
            + $"w AS ({gated} RETURNING true AS hit, {aliased})";
        string intent = $", i AS (INSERT INTO {syntax.Quote(control.Intent)} (migration, entity, key, operation, epoch, created_at) "
            + $"SELECT {name}, {entity}, {IntentKey(operation, parameters + 5)}, '{operation}', {epoch}, {syntax.NowMilliseconds} FROM w RETURNING id)";
        return new AuthorityStatement(
            $"{plain} RETURNING {_entity.ReadList("t")}",
            $"{ctl} SELECT EXISTS (SELECT FROM ctl), CASE WHEN w.hit THEN 0::bigint END, {images} FROM (VALUES (1)) AS one LEFT JOIN w ON true",
            $"{ctl}{intent} SELECT EXISTS (SELECT FROM ctl), i.id, {images} FROM (VALUES (1)) AS one LEFT JOIN w ON true LEFT JOIN i ON true");
    }

    // The key's JSON: given as one parameter, or put together around what the database generated.
    private string IntentKey(string operation, int first)
    {
        if (operation != "insert" || !_entity.FormatsKeyInSql)
        {
            return Parameter(first);
        }

        int next = first;
        IEnumerable<string> parts = _entity.Keys.Select(key => key.Column.Generated == GeneratedValue.None
            ? Parameter(next++)
            : $"'\"' || w.c{key.Column.Ordinal}::text || '\"'");
        return $"'[' || {string.Join(" || ',' || ", parts)} || ']'";
    }
}

using System.Collections.Concurrent;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Sqlite.Schema;
using DbMove.Sqlite.Sessions;
using DbMove.Sqlite.Values;

namespace DbMove.Sqlite.Stores;

/// <summary>The statements of one entity on one side, and which columns each of them binds, in order.</summary>
internal sealed class StoreTexts
{
    private readonly SqliteSyntax _syntax = SqliteSyntax.Instance;

    // One text of each set of columns: a connection keeps what it has prepared.
    private readonly ConcurrentDictionary<string, StatementText> _clearings = new(StringComparer.Ordinal);
    private readonly string _all;

    public StoreTexts(StoreDefinition definition)
    {
        Definition = definition;
        Table = _syntax.Quote(definition.Table.Name);
        Columns = [.. definition.Entity.Columns.Select(Stored)];
        KeyColumns = [.. definition.Entity.KeyColumns.Select(column => Columns[column.Ordinal])];

        _all = List(Columns, column => column.IsAbsent ? "NULL" : Quoted(column));
        Keys = List(KeyColumns, Quoted);
        InsertColumns = [.. Columns.Where(column => !column.IsAbsent && column.Descriptor.Generated == GeneratedValue.None)];
        UpdateColumns = [.. Columns.Where(column => !column.IsKey && IsGiven(column))];
        UpsertColumns = [.. Columns.Where(column => column.IsKey || IsGiven(column))];
        ImageColumns = [.. Columns.Where(column => column.IsShared && !IsComputedHere(column))];

        Insert = new($"INSERT INTO {Table} {Values(InsertColumns, counts: true)} RETURNING {_all}");
        Update = ComposeUpdate([]);
        Upsert = new($"INSERT INTO {Table} {Values(UpsertColumns, counts: true)} ON CONFLICT ({Keys}) DO UPDATE SET {FromExcluded(UpsertColumns, counts: true)} RETURNING {_all}");
        InsertAbsent = new($"INSERT INTO {Table} {Values(UpsertColumns, counts: true)} ON CONFLICT ({Keys}) DO NOTHING RETURNING {_all}");
        Delete = new($"DELETE FROM {Table} WHERE {KeyEquals(0)} RETURNING {_all}");
        Find = new($"SELECT {_all} FROM {Table} WHERE {KeyEquals(0)}");
        UpsertImage = new($"INSERT INTO {Table} {Values(ImageColumns)} ON CONFLICT ({Keys}) DO UPDATE SET {FromExcluded(ImageColumns)}");
        DeleteImage = new($"DELETE FROM {Table} WHERE {KeyEquals(0)}");
        InsertMissing = new($"INSERT INTO {Table} {Values(ImageColumns)} ON CONFLICT ({Keys}) DO NOTHING");
        string order = List(KeyColumns, Ordered);
        for (int shape = 0; shape < 4; shape++)
        {
            string where = Range(hasAfter: (shape & 1) != 0, hasUpTo: (shape & 2) != 0, out int parameters);
            Pages[shape] = new($"SELECT {_all} FROM {Table}{where} ORDER BY {order} LIMIT ?{parameters + 1}");
            Boundaries[shape] = new($"SELECT {Keys} FROM {Table}{where} ORDER BY {order} LIMIT 1 OFFSET ?{parameters + 1}");
        }

        LastKey = new($"SELECT {Keys} FROM {Table} ORDER BY {List(KeyColumns, column => Ordered(column) + " DESC")} LIMIT 1");
        Intent = new(
            $"INSERT INTO {_syntax.Quote(definition.Control.Intent)} (migration, entity, key, operation, epoch, created_at) VALUES (?1, ?2, ?3, ?4, ?5, {_syntax.NowMilliseconds})");
        Control = new($"SELECT epoch, stage FROM {_syntax.Quote(definition.Control.MigrationTable)} WHERE name = ?1 AND side = ?2");
    }

    public StoreDefinition Definition { get; }

    public string Table { get; }

    public string Keys { get; }

    public StoredColumn[] Columns { get; }

    public StoredColumn[] KeyColumns { get; }

    public StoredColumn[] InsertColumns { get; }

    public StoredColumn[] UpdateColumns { get; }

    public StoredColumn[] UpsertColumns { get; }

    public StoredColumn[] ImageColumns { get; }

    public StatementText Insert { get; }

    public StatementText Update { get; }

    public StatementText Upsert { get; }

    public StatementText InsertAbsent { get; }

    public StatementText Delete { get; }

    public StatementText Find { get; }

    public StatementText UpsertImage { get; }

    public StatementText DeleteImage { get; }

    public StatementText InsertMissing { get; }

    /// <summary>By shape of the range: bit 0 it has a lower bound, bit 1 an upper.</summary>
    public StatementText[] Pages { get; } = new StatementText[4];

    /// <summary>As <see cref="Pages"/>.</summary>
    public StatementText[] Boundaries { get; } = new StatementText[4];

    public StatementText LastKey { get; }

    public StatementText Intent { get; }

    public StatementText Control { get; }

    /// <summary>An update that writes null where the entity has it also in these columns of one side, but for those that allow none.</summary>
    public StatementText UpdateThatClears(IReadOnlyList<int> ordinals)
    {
        int[] cleared = [.. UpdateColumns.Where(column => ordinals.Contains(column.Descriptor.Ordinal) && Schema(column).IsNullable).Select(column => column.Descriptor.Ordinal)];
        return cleared.Length == 0 ? Update : _clearings.GetOrAdd(string.Join(',', cleared), static (_, at) => at.Texts.ComposeUpdate(at.Cleared), (Texts: this, Cleared: cleared));
    }

    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        Dictionary<string, string> texts = Always();
        if (Columns.Any(column => column.Descriptor.IsConcurrencyToken))
        {
            texts["absent.insert"] = InsertAbsent.Sql;
        }

        return texts;
    }

    private Dictionary<string, string> Always() => new(StringComparer.Ordinal)
    {
        ["insert"] = Insert.Sql,
        ["update"] = Update.Sql,
        ["upsert"] = Upsert.Sql,
        ["delete"] = Delete.Sql,
        ["find"] = Find.Sql,
        ["page"] = Pages[3].Sql,
        ["boundary"] = Boundaries[3].Sql,
        ["last"] = LastKey.Sql,
        ["image.upsert"] = UpsertImage.Sql,
        ["image.delete"] = DeleteImage.Sql,
        ["missing.insert"] = InsertMissing.Sql,
        ["intent"] = Intent.Sql,
        ["control"] = Control.Sql,
    };

    public string Quoted(StoredColumn column) => _syntax.Quote(column.Name);

    /// <summary>The condition on the key, its parameters after the given number of others.</summary>
    public string KeyEquals(int before) =>
        string.Join(" AND ", KeyColumns.Select((column, index) => $"{Ordered(column)} = ?{before + index + 1}"));

    /// <summary>The column in the one key order: a folding collation must neither sort nor find keys.</summary>
    private string Ordered(StoredColumn column) =>
        Schema(column).FoldingCollation is null ? Quoted(column) : Quoted(column) + " COLLATE BINARY";

    private static bool IsGiven(StoredColumn column) => !column.IsAbsent && column.Descriptor.Generated != GeneratedValue.Computed;

    private StoredColumn Stored(ColumnDescriptor column)
    {
        if (!column.IsOn(Definition.Side))
        {
            return new StoredColumn { Table = Definition.Table.Name.Name, Name = "", Descriptor = column, Side = Definition.Side, Granularity = 0, RoundsDecimals = false, IsAbsent = true };
        }

        ColumnSchema schema = Definition.Table.FindColumn(column.NameOn(Definition.Side))
            ?? throw new ArgumentException($"Table '{Definition.Table.Name}' has no column '{column.NameOn(Definition.Side)}' for member {column.Member}.");
        DeclaredType type = DeclaredType.Parse(schema.DeclaredType, isStrict: schema.Kind == StorageKind.Any);
        return new StoredColumn
        {
            Table = Definition.Table.Name.Name,
            Name = schema.Name,
            Descriptor = column,
            Side = Definition.Side,
            // The text of a key, by which intents and events find it, holds microseconds: a finer key would be lost there.
            Granularity = column.IsKey ? Math.Max(Definition.TimeGranularity[column.Ordinal], TimeSpan.TicksPerMicrosecond) : Definition.TimeGranularity[column.Ordinal],
            RoundsDecimals = type.Affinity is Affinity.Numeric or Affinity.Integer or Affinity.Real,
        };
    }

    private ColumnSchema Schema(StoredColumn column) => Definition.Table.FindColumn(column.Name)!;

    private bool IsComputedHere(StoredColumn column) => Schema(column).IsComputed;

    // On the authority a row version is one more than what the entity says, so that a row that was deleted and comes back is
    // not at its old version.
    private string Values(StoredColumn[] columns, bool counts = false) => columns.Length == 0
        ? "DEFAULT VALUES"
        : $"({List(columns, Quoted)}) VALUES ({string.Join(", ", columns.Select((column, index) => $"{New(column, index + 1)}{(counts && column.Descriptor.IsRowVersion ? " + 1" : "")}"))})";

    private StatementText ComposeUpdate(int[] cleared) =>
        new($"UPDATE {Table} SET {Assignments(UpdateColumns, cleared)} WHERE {KeyEquals(UpdateColumns.Length)} RETURNING {_all}");

    // A key alone is set to itself: the row counts as written, and RETURNING gives it.
    private string Assignments(StoredColumn[] columns, int[] cleared) => columns.Length == 0
        ? $"{Quoted(KeyColumns[0])} = {Quoted(KeyColumns[0])}"
        : string.Join(", ", columns.Select((column, index) => $"{Quoted(column)} = {column switch
        {
            { Descriptor.IsRowVersion: true } => Quoted(column) + " + 1",
            _ when cleared.Contains(column.Descriptor.Ordinal) => $"?{index + 1}",
            _ => Changed(column, index + 1),
        }}"));

    // Null in a column of one side means that its value is not known there. A new row has the column's default.
    private string New(StoredColumn column, int number) =>
        column.IsShared || Schema(column).DefaultExpression is not { } text ? $"?{number}" : $"COALESCE(?{number}, ({text}))";

    // What is stored stays, or a row that was read from the other side and is written here, after a switch, would take it away.
    private string Changed(StoredColumn column, int number) =>
        column.IsShared ? $"?{number}" : $"COALESCE(?{number}, {Table}.{Quoted(column)})";

    private string FromExcluded(StoredColumn[] columns, bool counts = false)
    {
        StoredColumn[] others = [.. columns.Where(column => !column.IsKey)];
        return List(others.Length == 0 ? [KeyColumns[0]] : others, column =>
            $"{Quoted(column)} = {column switch
            {
                { Descriptor.IsRowVersion: true } when counts => $"{Table}.{Quoted(column)} + 1",
                { IsShared: true } => $"excluded.{Quoted(column)}",

                // In the row that was to be inserted a default stands for null.
                _ => Changed(column, Array.IndexOf(columns, column) + 1),
            }}");
    }

    private string Range(bool hasAfter, bool hasUpTo, out int parameters)
    {
        parameters = 0;
        string where = string.Empty;
        if (hasAfter)
        {
            where = $" WHERE {Row()} > {Parameters(ref parameters)}";
        }

        return hasUpTo ? $"{where}{(hasAfter ? " AND " : " WHERE ")}{Row()} <= {Parameters(ref parameters)}" : where;
    }

    private string Row() => KeyColumns.Length == 1 ? Ordered(KeyColumns[0]) : $"({List(KeyColumns, Ordered)})";

    private string Parameters(ref int used)
    {
        int first = used + 1;
        used += KeyColumns.Length;
        string list = string.Join(", ", Enumerable.Range(first, KeyColumns.Length).Select(number => $"?{number}"));
        return KeyColumns.Length == 1 ? list : $"({list})";
    }

    private static string List(StoredColumn[] columns, Func<StoredColumn, string> text) => string.Join(", ", columns.Select(text));
}

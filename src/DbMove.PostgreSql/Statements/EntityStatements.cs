using System.Collections.Frozen;
using System.Globalization;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.PostgreSql.Statements;

/// <summary>The columns of one entity on one side, and every statement composed from them.</summary>
internal sealed class EntityStatements
{
    public EntityStatements(StoreDefinition definition, TableFacts facts, string? hashProbe)
    {
        Definition = definition;
        Facts = facts;
        Columns = [.. definition.Entity.Columns.Select(Bind)];
        Keys = [.. definition.Entity.KeyColumns.Select(column => Columns[column.Ordinal])];
        Table = PostgreSqlSyntax.Instance.Quote(definition.Table.Name);
        InsertColumns = [.. Columns.Where(column => !column.IsAbsent && column.Column.Generated == GeneratedValue.None && !column.Schema.IsComputed)];
        UpdateColumns = [.. Columns.Where(column => !column.Column.IsKey && IsGiven(column))];
        UpsertColumns = [.. Columns.Where(IsGiven)];
        ImageColumns = [.. Columns.Where(column => column.IsShared && !column.Schema.IsComputed)];
        GeneratesKey = Keys.Any(key => key.Column.Generated != GeneratedValue.None);
        FormatsKeyInSql = GeneratesKey && Keys.All(key => key.Column.Generated == GeneratedValue.None || HasInvariantText(key.Type));

        KeyTextNeedsRow = Keys.Any(IsStoredOtherwise);
        KeyTextMayNeedRow = Keys.Any(MayBeStoredOtherwise);
        ReferencesItself = definition.Table.ForeignKeys.Any(key => key.Parent == definition.Table.Name);

        Authority = new AuthorityComposer(this);
        Follower = new FollowerComposer(this);
        Ranges = new RangeComposer(this, hashProbe);
        All = Authority.Named().Concat(Follower.Named()).Concat(Ranges.Named()).ToFrozenDictionary(StringComparer.Ordinal);
    }

    public StoreDefinition Definition { get; }

    public TableFacts Facts { get; }

    /// <summary>Every mapped column; index = ordinal.</summary>
    public ColumnBinding[] Columns { get; }

    /// <summary>The key's columns in key order.</summary>
    public ColumnBinding[] Keys { get; }

    /// <summary>The quoted table.</summary>
    public string Table { get; }

    public ColumnBinding[] InsertColumns { get; }

    public ColumnBinding[] UpdateColumns { get; }

    public ColumnBinding[] UpsertColumns { get; }

    public ColumnBinding[] ImageColumns { get; }

    /// <summary>Whether the database makes part of the key in an insert.</summary>
    public bool GeneratesKey { get; }

    /// <summary>Whether the intent of an insert with a generated key can be written by the same statement.</summary>
    public bool FormatsKeyInSql { get; }

    /// <summary>Whether a key may be stored as another value than it was given, which the text of its intent must follow.</summary>
    public bool KeyTextNeedsRow { get; }

    /// <summary>Whether some values of the key are stored as others; <see cref="StoredKeyProbe"/> tells which.</summary>
    public bool KeyTextMayNeedRow { get; }

    /// <summary>Whether rows may refer to other rows of the table, so that their order in a transaction matters.</summary>
    public bool ReferencesItself { get; }

    public AuthorityComposer Authority { get; }

    public FollowerComposer Follower { get; }

    public RangeComposer Ranges { get; }

    public FrozenDictionary<string, string> All { get; }

    /// <summary>Every mapped column as it is read, from <paramref name="alias"/>.</summary>
    public string ReadList(string alias) => string.Join(", ", Columns.Select(column => column.Read(alias)));

    /// <summary>The key's columns as they are read.</summary>
    public string KeyReadList(string alias) => string.Join(", ", Keys.Select(column => column.Read(alias)));

    /// <summary>The key's columns in key order; <paramref name="direction"/> follows each.</summary>
    public string OrderList(string alias, string direction = "") => string.Join(", ", Keys.Select(column => column.Order(alias) + direction));

    /// <summary>Finds one row by its key, whose parts are the parameters from <paramref name="first"/> on.</summary>
    public string KeyPredicate(string alias, int first) => string.Join(
        " AND ", Keys.Select((column, index) => $"{alias}.{column.Quoted} = {column.Value(Parameter(first + index))}"));

    /// <summary>A join of the table with keys given as arrays.</summary>
    public string KeyJoin(string alias, string keys) => string.Join(
        " AND ", Keys.Select((column, index) => $"{alias}.{column.Quoted} = {column.Value($"{keys}.c{index}")}"));

    /// <summary>Arrays as a table of the columns c0, c1 and so on.</summary>
    public static string Unnest(int count, string alias)
    {
        string parameters = string.Join(", ", Enumerable.Range(1, count).Select(Parameter));
        string names = string.Join(", ", Enumerable.Range(0, count).Select(index => "c" + index.ToString(CultureInfo.InvariantCulture)));
        return $"unnest({parameters}) AS {alias}({names})";
    }

    public static string NameList(IEnumerable<ColumnBinding> columns) => string.Join(", ", columns.Select(column => column.Quoted));

    /// <summary>Parameters from <paramref name="first"/> on, one a column.</summary>
    public static string ValueList(IReadOnlyList<ColumnBinding> columns, int first) =>
        string.Join(", ", columns.Select((column, index) => column.Value(Parameter(first + index))));

    public static string Parameter(int number) => "$" + number.ToString(CultureInfo.InvariantCulture);

    // An UPDATE of a computed column is refused, and a generated key is never updated.
    private static bool IsGiven(ColumnBinding column) => !column.IsAbsent && column.Column.Generated != GeneratedValue.Computed && !column.Schema.IsComputed;

    // The server's text of these types is the invariant text that generated code writes.
    private static bool HasInvariantText(PostgreSqlType type) =>
        type is PostgreSqlType.SmallInt or PostgreSqlType.Integer or PostgreSqlType.BigInt or PostgreSqlType.Uuid;

    // Cut to less than the microseconds of a key's text, padding taken off, found under a folding collation, or in a form
    // of the server's own.
    private static bool IsStoredOtherwise(ColumnBinding key) => key.Type == PostgreSqlType.PaddedText
        || key.Schema.FoldingCollation is not null
        || key.Schema.RewritesText
        || (key.Granularity > 10 && key.Type is (PostgreSqlType.Timestamp or PostgreSqlType.TimestampTz or PostgreSqlType.Time));

    private static bool MayBeStoredOtherwise(ColumnBinding key) => key.Column.Type switch
    {
        ColumnType.DateTime => key.Type == PostgreSqlType.TimestampTz,
        ColumnType.String => key.Schema.MaxLength is not null,
        _ => false,
    };

    private ColumnBinding Bind(ColumnDescriptor column)
    {
        if (!column.IsOn(Definition.Side))
        {
            return ColumnBinding.Absent(column, Definition.Side, Facts);
        }

        string name = column.NameOn(Definition.Side);
        ColumnSchema schema = Definition.Table.FindColumn(name)
            ?? throw new InvalidOperationException($"Table {Definition.Table.Name} has no column \"{name}\" for member {column.Member}.");
        return new ColumnBinding(column, Definition.Side, schema, Definition.TimeGranularity[column.Ordinal], Facts);
    }
}

using System.Data.Common;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Sqlite.Sessions;
using SQLitePCL;

namespace DbMove.Sqlite.Schema;

/// <summary>Reads a table's description from SQLite's catalogue.</summary>
internal sealed class TableDescriber(SqliteLink link, CancellationToken cancellationToken)
{
    private const int GeneratedVirtual = 2;
    private const int GeneratedStored = 3;

    private static readonly HashSet<string> s_words = new(["NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"], StringComparer.OrdinalIgnoreCase);

    private sealed record Member(string Name, string Type, bool IsNotNull, string? Default, int KeyPosition, int Hidden);

    private sealed record Index(string Name, bool IsUnique, string Origin, bool IsPartial);

    private sealed record Reference(string Child, long Id, string Column, string Parent, string OnUpdate, string OnDelete);

    /// <summary>Describes a table; null when there is none of that name.</summary>
    public TableSchema? Describe(TableName table)
    {
        if (table.Schema is not null && !table.Schema.Equals("main", StringComparison.OrdinalIgnoreCase))
        {
            // One file has one schema; attached files are not part of a migration.
            return null;
        }

        List<(string Name, bool IsStrict)> found = Query(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name = @table COLLATE NOCASE",
            table.Name, static row => (row.GetString(0), row.GetInt64(1) != 0));
        if (found.Count == 0)
        {
            return null;
        }

        (string name, bool isStrict) = found[0];
        List<Member> members = Query(
            "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(@table) ORDER BY cid", name,
            static row => new Member(row.GetString(0), row.GetString(1), row.GetInt64(2) != 0, row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(4), row.GetInt32(5)));
        List<Index> indexes = Query(
            "SELECT name, \"unique\", origin, partial FROM pragma_index_list(@table) ORDER BY seq", name,
            static row => new Index(row.GetString(0), row.GetInt64(1) != 0, row.GetString(2), row.GetInt64(3) != 0));
        string[] key = [.. members.Where(member => member.KeyPosition > 0).OrderBy(member => member.KeyPosition).Select(member => member.Name)];

        // An alias of the rowid is the one primary key that needs no index of its own.
        bool isAlias = key.Length == 1 && !indexes.Exists(index => index.Origin == "pk")
            && members.Exists(member => member.KeyPosition > 0 && member.Type.Equals("INTEGER", StringComparison.OrdinalIgnoreCase));
        return new TableSchema
        {
            Name = table with { Name = name },
            PhysicalId = $"sqlite:{FileIdentity.Read(FileIdentity.PathOf(link.Handle))}:{name.ToUpperInvariant()}",
            NamesFoldCase = true,
            Columns = [.. members.Where(member => member.Hidden != 1).Select(member => Column(name, member, isStrict, isAlias))],
            PrimaryKey = key,
            UniqueIndexes = [.. indexes.Where(index => index.IsUnique && index.Origin != "pk").Select(Unique)],
            ForeignKeys = References("m.name = @table", name, table.Schema),
            ReferencedBy = References("f.\"table\" = @table COLLATE NOCASE", name, table.Schema),
            Triggers = Query(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = @table COLLATE NOCASE ORDER BY name", name, static row => row.GetString(0)),
            ConflictActions = [.. Query(
                "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = @table COLLATE NOCASE", name, static row => row.GetString(0)).SelectMany(ConflictClauses.Find)],
        };
    }

    private ColumnSchema Column(string table, Member member, bool isStrict, bool isAlias)
    {
        DeclaredType type = DeclaredType.Parse(member.Type, isStrict);
        bool isKey = member.KeyPosition > 0;
        return new ColumnSchema
        {
            Name = member.Name,
            DeclaredType = member.Type,
            Kind = type.Kind,
            IsNullable = !member.IsNotNull && !(isKey && (isAlias || !HoldsNull(table, member.Name))),
            Bits = type.Kind is StorageKind.Integer or StorageKind.Float ? 64 : null,
            Precision = type.Precision,
            Scale = type.Scale,
            DropsTrailingZeros = type.Affinity is Affinity.Numeric or Affinity.Integer or Affinity.Real,
            TimeGranularity = type.Kind is StorageKind.Timestamp or StorageKind.Instant or StorageKind.Date or StorageKind.Time or StorageKind.Interval ? 1 : 0,
            FoldingCollation = FoldingCollation(table, member.Name),
            IsAutoNumbered = isKey && isAlias,
            ReusesNumbers = isKey && isAlias && !HasCounter(table, member.Name),
            IsComputed = member.Hidden is GeneratedVirtual or GeneratedStored,
            HasDefault = member.Default is not null,
            DefaultExpression = member.Hidden is GeneratedVirtual or GeneratedStored ? null : Expression(member.Default),
        };
    }

    // A default may be a bare or quoted name, which stands for its text there and for a column in an expression.
    private static string? Expression(string? text) => text switch
    {
        ['"', .., '"'] or ['`', .., '`'] => Literal(text[1..^1].Replace(text[..1] + text[..1], text[..1], StringComparison.Ordinal)),
        ['[', .., ']'] => Literal(text[1..^1]),
        not null when !s_words.Contains(text) && !char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '$' or > '\u007f') => Literal(text),
        _ => text,
    };

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>SQLite lets a primary key be null unless it is declared NOT NULL; what counts is whether one is.</summary>
    private bool HoldsNull(string table, string column) =>
        Query($"SELECT 1 FROM {SqliteSyntax.Instance.Quote(table)} WHERE {SqliteSyntax.Instance.Quote(column)} IS NULL LIMIT 1", table, static _ => true).Count > 0;

    private bool HasCounter(string table, string column) =>
        raw.sqlite3_table_column_metadata(link.Handle, "main", table, column, out _, out _, out _, out _, out int isCounted) == raw.SQLITE_OK && isCounted != 0;

    private string? FoldingCollation(string table, string column)
    {
        int code = raw.sqlite3_table_column_metadata(link.Handle, "main", table, column, out _, out string collation, out _, out _, out _);
        return code != raw.SQLITE_OK || collation is null || collation.Equals("BINARY", StringComparison.OrdinalIgnoreCase) ? null : collation;
    }

    private UniqueIndexSchema Unique(Index index)
    {
        List<(int Column, string? Name)> parts = Query(
            "SELECT cid, name FROM pragma_index_xinfo(@table) WHERE key = 1 ORDER BY seqno", index.Name,
            static row => (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1)));

        // A part without a name is an expression, or the rowid itself.
        return new UniqueIndexSchema(index.Name, parts.Exists(part => part.Name is null) ? [] : [.. parts.Select(part => part.Name!)], index.IsPartial);
    }

    private List<ForeignKeySchema> References(string condition, string table, string? schema)
    {
        List<Reference> parts = Query(
            $"""
            SELECT m.name, f.id, f."from", coalesce(p.name, f."table"), f.on_update, f.on_delete
            FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f
            LEFT JOIN sqlite_schema AS p ON p.type = 'table' AND p.name = f."table" COLLATE NOCASE
            WHERE m.type = 'table' AND {condition} ORDER BY m.name, f.id, f.seq
            """,
            table,
            static row => new Reference(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)));
        return
        [
            .. parts.GroupBy(part => (part.Child, part.Id)).Select(group =>
            {
                Reference first = group.First();
                string[] columns = [.. group.Select(part => part.Column)];
                return new ForeignKeySchema
                {
                    Name = $"{first.Child}({string.Join(", ", columns)}) -> {first.Parent}",
                    Child = new TableName(schema, first.Child),
                    Columns = columns,
                    Parent = new TableName(schema, first.Parent),
                    DeleteChangesChildren = Changes(first.OnDelete),
                    UpdateChangesChildren = Changes(first.OnUpdate),
                };
            }),
        ];
    }

    private static bool Changes(string action) => action is "CASCADE" or "SET NULL" or "SET DEFAULT";

    private List<T> Query<T>(string sql, string table, Func<DbDataReader, T> read) => link.Query(sql, [new SqlArgument("table", table)], read, cancellationToken);
}

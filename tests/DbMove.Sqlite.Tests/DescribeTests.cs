using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Sqlite.Tests;

public sealed class DescribeTests
{
    private const string Shop = """
        CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT COLLATE NOCASE UNIQUE, born DATE);
        CREATE TABLE "order" (
            customer INTEGER NOT NULL REFERENCES Customer (id) ON DELETE CASCADE,
            number INT NOT NULL,
            total DECIMAL(10, 2) DEFAULT 0,
            twice AS (total * 2) STORED,
            placed TIMESTAMP WITH TIME ZONE,
            mark GUID,
            anything,
            PRIMARY KEY (number, customer));
        CREATE TABLE line (id TEXT PRIMARY KEY, number INT, customer INT, parent TEXT REFERENCES line (id) ON UPDATE SET NULL,
            FOREIGN KEY (number, customer) REFERENCES "order" (number, customer));
        CREATE UNIQUE INDEX order_mark ON "order" (mark, placed) WHERE mark IS NOT NULL;
        CREATE UNIQUE INDEX order_expression ON "order" (lower(mark));
        CREATE INDEX order_plain ON "order" (total);
        CREATE TRIGGER order_trigger AFTER DELETE ON "order" BEGIN SELECT 1; END;
        CREATE VIEW orders AS SELECT * FROM "order";
        """;

    [Fact]
    public async Task A_table_is_described_as_it_is()
    {
        await using TestFile file = await TestFile.CreateAsync(Shop);
        TableSchema order = await file.DescribeAsync("ORDER");

        Assert.Equal(new TableName(null, "order"), order.Name);
        Assert.Equal(["number", "customer"], order.PrimaryKey);
        Assert.Equal(["customer", "number", "total", "twice", "placed", "mark", "anything"], order.Columns.Select(column => column.Name));
        Assert.Equal(["order_trigger"], order.Triggers);
        Assert.Equal(
            ["order_expression()False", "order_mark(mark,placed)True"],
            order.UniqueIndexes.Select(index => $"{index.Name}({string.Join(',', index.Columns)}){index.IsPartial}").Order());

        ForeignKeySchema customer = Assert.Single(order.ForeignKeys);
        Assert.Equal(new TableName(null, "customer"), customer.Parent);
        Assert.Equal(["customer"], customer.Columns);
        Assert.True(customer.DeleteChangesChildren);
        Assert.False(customer.UpdateChangesChildren);

        ForeignKeySchema line = Assert.Single(order.ReferencedBy);
        Assert.Equal(new TableName(null, "line"), line.Child);
        Assert.Equal(["number", "customer"], line.Columns);
        Assert.False(line.DeleteChangesChildren);
    }

    [Fact]
    public async Task Columns_tell_kind_digits_and_generation()
    {
        await using TestFile file = await TestFile.CreateAsync(Shop);
        TableSchema order = await file.DescribeAsync("order");
        ColumnSchema total = order.FindColumn("TOTAL")!;
        Assert.Equal((StorageKind.Decimal, 10, 2, true, true), (total.Kind, total.Precision, total.Scale, total.HasDefault, total.IsNullable));
        Assert.True(order.FindColumn("twice")!.IsComputed);
        Assert.False(total.IsComputed);
        Assert.Equal(StorageKind.Instant, order.FindColumn("placed")!.Kind);
        Assert.Equal(1, order.FindColumn("placed")!.TimeGranularity);
        Assert.Equal(StorageKind.Guid, order.FindColumn("mark")!.Kind);
        Assert.Equal(StorageKind.Any, order.FindColumn("anything")!.Kind);
        Assert.DoesNotContain(order.Columns, column => column.IsAutoNumbered);

        TableSchema customer = await file.DescribeAsync("customer");
        Assert.True(customer.FindColumn("id")!.IsAutoNumbered);
        Assert.True(customer.FindColumn("id")!.ReusesNumbers);
        Assert.False(customer.FindColumn("id")!.IsNullable);
        Assert.Equal("NOCASE", customer.FindColumn("email")!.FoldingCollation);
        Assert.Null(order.FindColumn("mark")!.FoldingCollation);
        Assert.Equal(["order"], customer.ReferencedBy.Select(key => key.Child.Name));
    }

    /// <summary>The oracle is the row that the database fills itself.</summary>
    [Theory]
    [InlineData("'it''s'")]
    [InlineData("\"plain\"")]
    [InlineData("\"say \"\"so\"\"\"")]
    [InlineData("`tick``s`")]
    [InlineData("[in brackets]")]
    [InlineData("bare")]
    [InlineData("('a' || 'b')")]
    [InlineData("(abs(-7))")]
    [InlineData("-1.5")]
    [InlineData("x'0102'")]
    [InlineData("TRUE")]
    [InlineData("NULL")]
    public async Task A_default_is_an_expression_that_gives_what_the_column_would_get(string text)
    {
        await using TestFile file = await TestFile.CreateAsync($"CREATE TABLE t (id INTEGER PRIMARY KEY, v DEFAULT {text}); INSERT INTO t (id) VALUES (1)");
        ColumnSchema column = (await file.DescribeAsync("t")).FindColumn("v")!;

        file.Run($"INSERT INTO t (id, v) VALUES (2, COALESCE(NULL, ({column.DefaultExpression})))");

        Assert.Equal(file.Ask("SELECT typeof(v) || quote(v) FROM t WHERE id = 1"), file.Ask("SELECT typeof(v) || quote(v) FROM t WHERE id = 2"));
    }

    [Fact]
    public async Task A_table_refers_to_itself()
    {
        await using TestFile file = await TestFile.CreateAsync(Shop);
        TableSchema line = await file.DescribeAsync("line");
        Assert.Equal(2, line.ForeignKeys.Count);
        Assert.True(Assert.Single(line.ReferencedBy).UpdateChangesChildren);
    }

    [Fact]
    public async Task A_text_key_is_nullable_and_refused_once_it_holds_a_null()
    {
        await using TestFile file = await TestFile.CreateAsync(Shop);
        ColumnDescriptor key = new() { Ordinal = 0, Member = "Id", SourceName = "id", TargetName = "id", Type = ColumnType.String, KeyOrdinal = 0 };
        ColumnSchema before = (await file.DescribeAsync("line")).FindColumn("id")!;
        Assert.False(before.IsNullable);
        Assert.Null(file.Database.CheckColumn(key, before));
        file.Run("INSERT INTO line (id) VALUES (NULL)");
        ColumnSchema after = (await file.DescribeAsync("line")).FindColumn("id")!;
        Assert.True(after.IsNullable);
        Assert.Contains("NULL", file.Database.CheckColumn(key, after), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY)", true)]
    [InlineData("CREATE TABLE t (id INT PRIMARY KEY)", false)]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY DESC)", false)]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY) WITHOUT ROWID", false)]
    [InlineData("CREATE TABLE t (id INTEGER, PRIMARY KEY (id DESC))", true)]
    [InlineData("CREATE TABLE t (id INTEGER, b INT, PRIMARY KEY (id, b))", false)]
    public async Task Only_an_alias_of_the_rowid_is_numbered(string definition, bool expected)
    {
        await using TestFile file = await TestFile.CreateAsync(definition);
        Assert.Equal(expected, (await file.DescribeAsync("t")).FindColumn("id")!.IsAutoNumbered);
    }

    [Theory]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE ON CONFLICT REPLACE)", "ON CONFLICT REPLACE")]
    [InlineData("CREATE TABLE t (id TEXT PRIMARY KEY on\n/* a */conflict -- b\n\treplace, a TEXT)", "ON CONFLICT REPLACE")]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL ON CONFLICT REPLACE DEFAULT '', UNIQUE (a) ON CONFLICT IGNORE)", "ON CONFLICT IGNORE ON CONFLICT REPLACE")]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY); ALTER TABLE t ADD COLUMN a TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'it''s'", "ON CONFLICT REPLACE")]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT ABORT, a TEXT UNIQUE ON CONFLICT ROLLBACK, b TEXT NOT NULL ON CONFLICT FAIL)", "")]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'it''s ON CONFLICT REPLACE', \"ON CONFLICT REPLACE\" TEXT, [on conflict ignore] TEXT, `x ON CONFLICT REPLACE` TEXT /* ON CONFLICT IGNORE */) -- ON CONFLICT REPLACE", "")]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (replace(a, 'x', 'y') <> ''), conflict TEXT, replace TEXT)", "")]
    public async Task A_constraint_that_changes_rows_instead_of_refusing_one_is_told(string definition, string expected)
    {
        await using TestFile file = await TestFile.CreateAsync(definition);
        Assert.Equal(expected, string.Join(' ', (await file.DescribeAsync("T")).ConflictActions));
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData(null, "orders")]
    [InlineData("sales", "order")]
    public async Task What_is_no_table_of_the_file_is_null(string? schema, string name)
    {
        await using TestFile file = await TestFile.CreateAsync(Shop);
        await using SideSession session = await file.ReadAsync();
        Assert.Null(await file.Database.DescribeAsync(session, new TableName(schema, name), TestContext.Current.CancellationToken));
        Assert.NotNull(await file.Database.DescribeAsync(session, new TableName("main", "order"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_table_has_one_physical_name_through_links()
    {
        await using TestFile file = await TestFile.CreateAsync(Shop);
        string link = file.Path + ".link";
        File.CreateSymbolicLink(link, file.Path);
        await using SqliteDatabase other = new(Side.Target, SqliteLocation.Parse(link));
        await using SideSession session = await other.OpenAsync(SessionUse.Read, TestContext.Current.CancellationToken);
        TableSchema seen = (await other.DescribeAsync(session, new TableName("main", "Order"), TestContext.Current.CancellationToken))!;

        Assert.Equal((await file.DescribeAsync("order")).PhysicalId, seen.PhysicalId);
        Assert.NotEqual((await file.DescribeAsync("line")).PhysicalId, seen.PhysicalId);
    }
}

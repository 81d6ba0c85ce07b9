using CsCheck;
using DbMove.AdoNet.Recognition;
using DbMove.Dialects;
using DbMove.Sql;

namespace DbMove.AdoNet.Tests;

/// <summary>What texts are taken for. No database: a corpus of what people write, and of what would fool a search for words.</summary>
public sealed class RecognitionTests
{
    private static readonly SqlLexicon s_sqlite = new() { HasBracketNames = true, HasBacktickNames = true };

    private static readonly SqlLexicon s_postgreSql = new()
    {
        NestsComments = true, EndsCommentsAtReturn = true, HasDollarQuotes = true, HasEscapeStrings = true, FoldsNames = true, QualifiesReturning = true,
    };

    [Theory]
    [InlineData("SELECT 'DELETE FROM orders'")]
    [InlineData("SELECT 1 -- ; DELETE FROM orders")]
    [InlineData("SELECT /* ; DELETE FROM orders */ 1")]
    [InlineData("SELECT \"delete\", [update] FROM t")]
    [InlineData("(SELECT 1) UNION (SELECT 2)")]
    [InlineData("( ( VALUES (1) ) )")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")]
    [InlineData("WITH a AS (SELECT 1), b AS NOT MATERIALIZED (SELECT 2) VALUES (1)")]
    [InlineData("EXPLAIN QUERY PLAN DELETE FROM t")]
    [InlineData("PRAGMA table_info('orders')")]
    [InlineData("PRAGMA main.user_version")]
    [InlineData("SELECT * FROM t FOR UPDATE")]
    [InlineData("SELECT replace(a, 'x', 'y') FROM t WHERE (update) IS NULL OR f(delete, 1)")]
    [InlineData("\uFEFF  select 1")]
    public void Reads(string text) => Assert.Equal(StatementKind.Read, One(text, s_sqlite).Kind);

    [Theory]
    [InlineData("SELECT $$ ; DELETE FROM t $$")]
    [InlineData("SELECT $x$ it's $$ $x$, E'it\\'s; DELETE FROM t'")]
    [InlineData("SELECT E'a'\n'b\\'; DELETE FROM t'")]
    [InlineData("SELECT 1 /* a /* b */ ; DELETE FROM t */")]
    [InlineData("SELECT a[1], ARRAY[']'], b::text FROM t WHERE c @> @p AND d = :q")]
    [InlineData("TABLE orders")]
    [InlineData("SHOW server_version")]
    [InlineData("SELECT 'C:\\' || x FROM t")]
    public void Reads_of_PostgreSql(string text) => Assert.Equal(StatementKind.Read, One(text, s_postgreSql).Kind);

    [Theory]
    [InlineData("insert into Orders (a) values (1)", "Orders", "Orders")]
    [InlineData("INSERT OR IGNORE INTO main.orders SELECT * FROM x", "main.orders", "main.orders")]
    [InlineData("UPDATE orders SET a = 1", "orders", "orders")]
    [InlineData("UPDATE \"or\"\"ders\" AS \"o\" SET a = 1", "or\"ders", "\"o\"")]
    [InlineData("UPDATE only SET a = 1", "only", "only")]
    [InlineData("UPDATE ONLY orders o SET a = 1", "orders", "o")]
    [InlineData("DELETE/**/FROM[orders]WHERE 1", "orders", "[orders]")]
    [InlineData("DELETE FROM orders AS o USING x", "orders", "o")]
    [InlineData("DELETE FROM orders", "orders", "orders")]
    [InlineData("REPLACE INTO `orders` VALUES (1)", "orders", "`orders`")]
    [InlineData("WITH x(update) AS (SELECT 1) DELETE FROM orders", "orders", "orders")]
    [InlineData("INSERT INTO orders AS o (update, delete) VALUES (1, 2)", "orders", "o")]
    [InlineData("INSERT INTO orders DEFAULT VALUES", "orders", "orders")]
    [InlineData("INSERT INTO a.b.orders OVERRIDING SYSTEM VALUE VALUES (1)", "b.orders", "a.b.orders")]
    public void Writes(string text, string table, string qualifier)
    {
        RecognizedStatement statement = One(text, s_sqlite);
        Assert.Equal((StatementKind.Rows, table, qualifier), (statement.Kind, statement.Table!.ToString(), statement.Qualifier));
    }

    [Theory]
    [InlineData("UPDATE t SET a = 1, \"B\" = (SELECT c = 1, d FROM x), e = f(g, h = 2) WHERE i = 1", "a B e")]
    [InlineData("UPDATE t SET (a, b) = (1, c), d[1] = ARRAY[x, y = 1] FROM u", "a b d")]
    [InlineData("INSERT INTO t (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET y = excluded.y, z = CASE WHEN a = 1 THEN b END WHERE t.c = 1", "y z")]
    [InlineData("UPDATE t SET 'a' = 'b', (c, 'd''e') = ('f', 'g'), h['i'] = 'j', k = (SELECT 'l')", "a c d'e h k")]
    [InlineData("INSERT INTO t (x, id) VALUES (1, 2)", "")]
    public void Columns_that_are_set(string text, string columns) =>
        Assert.Equal(columns, string.Join(' ', One(text, s_postgreSql).SetColumns.Select(column => column.Text)));

    [Theory]
    [InlineData("DELETE FROM t WHERE a IN (SELECT returning FROM u)", -1)]
    [InlineData("DELETE FROM t RETURNING *", 23)]
    [InlineData("DELETE FROM t WHERE a = 'RETURNING' returning id", 45)]
    public void Its_own_returning(string text, int end) => Assert.Equal(end, One(text, s_postgreSql).ReturningEnd);

    [Fact]
    public void Statements_are_cut_where_the_engine_cuts_them()
    {
        Assert.Equal(["SELECT ';'", "DELETE FROM \"a;b\""], StatementSplitter.Split(" ; SELECT ';' -- ;\n; ;DELETE FROM \"a;b\" /* ; */ ;", s_sqlite.TokenRules).Select(each => each.Text));
        Assert.Equal(2, StatementSplitter.Split("SELECT 1 -- a\r; DELETE FROM t", s_postgreSql.TokenRules).Count);
        Assert.Single(StatementSplitter.Split("SELECT 1 -- a\r; DELETE FROM t", s_sqlite.TokenRules));
        Assert.Empty(StatementSplitter.Split("-- nothing\n/* at all */;", s_sqlite.TokenRules));
    }

    [Theory]
    [InlineData("WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x")]
    [InlineData("WITH x AS (UPDATE t SET a = 1 RETURNING *), y AS (SELECT 1) DELETE FROM z")]
    [InlineData("SELECT * FROM (WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x) y")]
    [InlineData("MERGE INTO t USING s ON 1 = 1 WHEN MATCHED THEN DELETE")]
    [InlineData("TRUNCATE TABLE t")]
    [InlineData("CALL f()")]
    public void Writes_of_unknown_rows(string text) => Assert.Equal(StatementKind.UnknownRows, One(text, s_postgreSql).Kind);

    /// <summary>Known words, names, texts and comments in any order: the tokens are those that were put together, and nothing else.</summary>
    [Fact]
    public void Any_mixture_of_pieces_is_cut_into_its_pieces()
    {
        foreach (SqlLexicon lexicon in (SqlLexicon[])[s_sqlite, s_postgreSql])
        {
            (string Text, SqlTokenKind? Kind)[] pieces =
            [
                ("UPDATE", SqlTokenKind.Word), ("a$1", SqlTokenKind.Word), ("\u00E4\u00F6", SqlTokenKind.Word), ("12.5e3", SqlTokenKind.Number), ("'it''s ; -- x'", SqlTokenKind.Text),
                ("''", SqlTokenKind.Text), ("\"a\"\"b;\"", SqlTokenKind.QuotedName), (";", SqlTokenKind.Symbol), ("(", SqlTokenKind.Symbol), ("=", SqlTokenKind.Symbol),
                ("@p1", SqlTokenKind.Parameter), (":p", SqlTokenKind.Parameter), ("x'0F'", SqlTokenKind.Text), ("/* ' \" ; */", null), ("-- ' ; \" /*\n", null), ("\t", null),
                .. lexicon.HasDollarQuotes
                    ? ((string, SqlTokenKind?)[])[("$$ ' ; $x$ $$", SqlTokenKind.Text), ("$t$ $$ ; -- $t$", SqlTokenKind.Text), ("E'\\'; \\\\'", SqlTokenKind.Text), ("/* /* */ ; */", null), ("::", SqlTokenKind.Symbol), ("$1", SqlTokenKind.Parameter)]
                    : [("[a;']", SqlTokenKind.QuotedName), ("`b``;`", SqlTokenKind.QuotedName), ("?1", SqlTokenKind.Parameter), ("$p", SqlTokenKind.Parameter), ("/* /* */", null)],
            ];
            Gen.Int[0, pieces.Length - 1].Array[0, 40].Sample(
                chosen =>
                {
                    // A text behind a line break continues the one before it, escapes and all: no plain text here holds a backslash.
                    string text = string.Concat(chosen.Select(index => pieces[index].Text + " "));
                    string[] expected = [.. chosen.Where(index => pieces[index].Kind is not null).Select(index => $"{pieces[index].Kind}:{pieces[index].Text}")];
                    string[] actual = [.. SqlTokenizer.Read(text, lexicon.TokenRules).Select(token => $"{token.Kind}:{text.Substring(token.Start, token.Length)}")];
                    return expected.SequenceEqual(actual);
                },
                iter: 5000);
        }
    }

    /// <summary>At compile time nobody knows the engine, and not every part of the text.</summary>
    [Theory]
    [InlineData("UPDATE [a b] SET x = tags[1]", "Word QuotedName Word Word Symbol Word Symbol Number Symbol")]
    [InlineData("DELETE FROM `a`.\"b\" WHERE n = 'it", "Word Word QuotedName Symbol QuotedName Word Word Symbol Text")]
    [InlineData("SELECT $$;$$, \"no end", "Word Text Symbol Text")]
    [InlineData("SELECT 1 /* ; no end", "Word Number")]
    [InlineData("SELECT E'\\", "Word Text")]
    [InlineData("DELETE FROM a\uFFFC WHERE b = '\uFFFC' AND c = $1$", "Word Word Word Hole Word Word Symbol Text Word Word Symbol Parameter")]
    public void Without_an_engine_it_reads_on(string text, string kinds) =>
        Assert.Equal(kinds, string.Join(' ', SqlTokenizer.Read(text, TokenRules.AnyEngine).Select(token => token.Kind)));

    private static RecognizedStatement One(string text, SqlLexicon lexicon) => Assert.Single(StatementSplitter.Split(text, lexicon.TokenRules));
}

using DbMove.AdoNet.Recognition;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Dialects;
using DbMove.PostgreSql;
using DbMove.Protocol.Tests.Setup;
using DbMove.Sql;
using DbMove.Sqlite;
using DbMove.Tests.Servers;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DbMove.AdoNet.Tests;

/// <summary>
/// Texts made to be misread. Each is recognized as it should be, and what the recognizer calls a read the engine itself, held
/// to reading, must take for one too.
/// </summary>
public sealed class AdversarialTests(PostgreSqlServer server)
{
    /// <summary>The statements that a text is cut into, by kind.</summary>
    public static TheoryData<string, string> OnPostgreSql => new()
    {
        // Texts, and what looks like one.
        { "SELECT 'a;b', 'it''s; DELETE FROM account', E'\\'; DELETE FROM account; --', $q$ '; DELETE FROM account; $q$", "Read" },
        { "SELECT E'\\\\'; DELETE FROM account; --'", "Read Rows" },
        { "SELECT '\\'; DELETE FROM account; --'", "Read Rows" },
        { "SELECT U&'\\0027; DELETE FROM account', U&'d!0061t' UESCAPE '!'", "Read" },
        { "SELECT $a$ $b$ $a$; DELETE FROM account; SELECT $$ $$", "Read Rows Read" },
        { "SELECT $\u00E4$ ; DELETE FROM account $\u00E4$", "Read" },
        { "SELECT 'a' -- '\n'; DELETE FROM account; --'", "Read" },
        { "SELECT '{\"a\": 1}'::jsonb ?E'\\'' ; DELETE FROM account; --'", "Read Rows" },
        { "SELECT '{\"a\": 1}'::jsonb ? 'a;b', '{}'::jsonb @> '{\";\": 1}'", "Read" },
        { "SELECT @E'\\'' ; DELETE FROM account; --'", "Unknown" },
        { "SELECT 1E'\\'' ; DELETE FROM account; --'", "Unknown" },
        { "SELECT $1$$ 'x $$; DELETE FROM account; --'", "Unknown" },
        { "SELECT U&\"d!0061t\" UESCAPE '!' (1)", "Unknown" },
        { "DELETE FROM U&\"acc\\006funt\"", "Unknown" },

        // Comments, also where nobody expects one.
        { "SELECT 1 /* /* */ ; DELETE FROM account; -- */ */", "Read" },
        { "SELECT 1 /**/ ; DELETE/* */FROM/* */account", "Read Rows" },
        { "SELECT 2*/* ' */3; SELECT \"/* ;\" FROM (SELECT 1 AS \"/* ;\") AS x", "Read Read" },
        { "SELECT 1 --/* \n; DELETE FROM account --*/", "Read Rows" },
        { "--\rDELETE FROM account", "Rows" },

        // Names.
        { "SELECT \"DELETE FROM account;\" FROM (SELECT 1 AS \"DELETE FROM account;\") AS x", "Read" },
        { "UPDATE \"account\" AS \"set\" SET owner = 'x'", "Rows" },
        { "UPDATE ONLY account AS y SET owner = 'x' FROM entry WHERE y.id = account_id", "Rows" },
        { "UPDATE account * SET owner = 'x'", "Rows" },
        { "DELETE FROM ONLY public . account USING entry WHERE id = account_id", "Rows" },
        { "SELECT id AS \"update\", owner AS delete FROM account AS \"insert\"", "Read" },
        { "SELECT replace(owner, 'x', 'y'), left(owner, 1) FROM account", "Read" },
        { "DELETE FROM \"a.b\".account", "Rows" },

        // Writes within reads.
        { "WITH a AS (WITH b AS (DELETE FROM entry RETURNING *) SELECT * FROM b) SELECT * FROM a", "UnknownRows" },
        { "WITH a AS NOT MATERIALIZED (SELECT 1), b AS MATERIALIZED (INSERT INTO account (owner, balance) VALUES ('x', 1) RETURNING id) TABLE b", "UnknownRows" },
        { "WITH a(x) AS (TABLE account) SELECT COUNT(*) FROM a", "Read" },
        { "(WITH a AS (UPDATE account SET balance = 0 RETURNING 1) SELECT * FROM a)", "UnknownRows" },
        { "WITH a AS (SELECT 1) , \"b\"(\"(\") AS (/*(*/DELETE/*)*/FROM entry RETURNING line) VALUES (1)", "UnknownRows" },
        { "WITH x AS (SELECT 'y') INSERT INTO account (owner, balance) SELECT * , 1 FROM x RETURNING (SELECT 1)", "Rows" },
        { "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) UPDATE account SET balance = 1 FROM n", "Rows" },
        { "TABLE account", "Read" },
        { "VALUES ('DELETE'), ('FROM')", "Read" },
        { "SELECT * FROM account FOR UPDATE OF account SKIP LOCKED", "Read" },
        { "SELECT id INTO TEMP TABLE copied FROM account", "Definition" },
        { "EXPLAIN DELETE FROM account", "Read" },
        { "EXPLAIN (VERBOSE, ANALYZE) DELETE FROM account", "Unknown" },
        { "PREPARE x AS DELETE FROM account", "Transaction" },
        { "COPY (DELETE FROM entry RETURNING *) TO STDOUT", "Session" },
        { "SELECT 1; ; SELECT 2;; DELETE FROM entry;", "Read Read Rows" },
    };

    public static TheoryData<string, string> OnSqlite => new()
    {
        { "SELECT `a;``b`, [a;\"'b], \"c;\"\"d\" FROM (SELECT 1 AS `a;``b`, 2 AS [a;\"'b], 3 AS \"c;\"\"d\")", "Read" },
        { "SELECT '\\'; DELETE FROM account; --'", "Read Rows" },
        { "SELECT 1 /* /* */; DELETE FROM account -- */", "Read Rows" },
        { "SELECT 1 -- \r; DELETE FROM account", "Read" },
        { "DELETE FROM`account`WHERE[id]=1", "Rows" },
        { "UPDATE[account]SET\"owner\"='x;'", "Rows" },
        { "INSERT OR ROLLBACK INTO \"main\".`account` DEFAULT VALUES", "Rows" },
        { "REPLACE INTO [account] (id, owner, balance) VALUES (1, 'x', 1)", "Rows" },
        { "SELECT replace('a', 'b', 'c')", "Read" },
        { "WITH [delete] AS (SELECT 1) DELETE FROM account WHERE id IN [delete]", "Rows" },
        { "SELECT @p(';) ; DELETE FROM account; --'", "Unknown" },
        { "SELECT ?1, ?2; DELETE FROM account", "Read Rows" },
        { "SELECT 1\u00A0; DELETE FROM account", "Read Rows" },
        { "EXPLAIN DELETE FROM account", "Read" },
        { "VALUES (1), (2)", "Read" },
        { "PRAGMA main.journal_mode = DELETE", "Session" },
        { "SELECT 1; PRAGMA foreign_keys = OFF", "Read Session" },
        { "ATTACH ':memory:' AS x", "Definition" },
    };

    [Theory, MemberData(nameof(OnPostgreSql))]
    public void PostgreSql_text_is_not_misread(string text, string kinds) => Assert.Equal(kinds, Kinds(text, PostgreSqlSyntax.Instance.Lexicon));

    [Theory, MemberData(nameof(OnSqlite))]
    public void Sqlite_text_is_not_misread(string text, string kinds) => Assert.Equal(kinds, Kinds(text, SqliteSyntax.Instance.Lexicon));

    [Fact]
    public async Task What_is_taken_for_a_read_the_server_takes_for_one()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using NpgsqlConnection connection = new(bank.Source.ConnectionString);
        await connection.OpenAsync();
        int writes = 0;
        foreach (TheoryDataRow<string, string> row in OnPostgreSql)
        {
            // As the server cuts it, not as the driver does: one simple query, and nothing of it is kept.
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await using NpgsqlCommand command = new("SET TRANSACTION READ ONLY", connection);
            await command.ExecuteNonQueryAsync();
            command.CommandText = $"DO $dbmove$ BEGIN EXECUTE {Quote(row.Data.Item1)}; END $dbmove$";
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (PostgresException exception)
            {
                bool wantsToWrite = exception.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction && !row.Data.Item1.Contains("FOR UPDATE", StringComparison.Ordinal);
                writes += wantsToWrite ? 1 : 0;
                Assert.False(wantsToWrite && row.Data.Item2.Split(' ').All(kind => kind == "Read"), row.Data.Item1);
            }
        }

        Assert.True(writes > 10, $"{writes} texts write");
    }

    [Fact]
    public async Task What_is_taken_for_a_read_SQLite_takes_for_one()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        await using SqliteConnection connection = new(bank.Source.ConnectionString);
        await connection.OpenAsync();
        await using (SqliteCommand only = new("PRAGMA query_only = ON", connection))
        {
            await only.ExecuteNonQueryAsync();
        }

        int writes = 0;
        foreach (TheoryDataRow<string, string> row in OnSqlite)
        {
            await using SqliteCommand command = new(row.Data.Item1, connection);
            command.Parameters.AddWithValue("?1", 1);
            command.Parameters.AddWithValue("?2", 1);
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (SqliteException exception)
            {
                bool wantsToWrite = exception.SqliteErrorCode == 8;
                writes += wantsToWrite ? 1 : 0;
                Assert.False(wantsToWrite && row.Data.Item2.Split(' ').All(kind => kind == "Read"), row.Data.Item1);
            }
            catch (InvalidOperationException)
            {
                // A parameter without a value: nothing ran.
            }
        }

        Assert.True(writes >= 5, $"{writes} texts write");
    }

    private static string Kinds(string text, SqlLexicon lexicon) => string.Join(' ', StatementSplitter.Split(text, lexicon.TokenRules).Select(each => each.Kind));

    private static string Quote(string text) => "E'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}

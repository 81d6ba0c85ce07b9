using System.Data;
using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>What the follower could not be made to follow is refused before anything is sent, in every stage but the last.</summary>
public sealed class RefusalTests(PostgreSqlServer server)
{
    public static TheoryData<string, StatementRefusal> OnSqlite => new()
    {
        { "UPDATE account SET id = id + 100", StatementRefusal.KeyChange },
        { "UPDATE account SET \"owner\" = 'x', [ID] = 5 WHERE id = 1", StatementRefusal.KeyChange },
        { "UPDATE account SET owner = CASE WHEN balance IS DISTINCT FROM 1 THEN 'x' ELSE 'y' END, email = balance IS DISTINCT FROM 2, id = 5 WHERE id = 1", StatementRefusal.KeyChange },
        { "INSERT INTO account (id, owner, balance) VALUES (1, 'x', 1) ON CONFLICT (email) DO UPDATE SET (owner, id) = ('y', 9)", StatementRefusal.KeyChange },
        { "REPLACE INTO account (id, owner, email, balance) VALUES (9, 'x', 'a@x', 1)", StatementRefusal.UnknownRows },
        { "INSERT OR REPLACE INTO account (id, owner, email, balance) VALUES (9, 'x', 'a@x', 1)", StatementRefusal.UnknownRows },
        { "UPDATE OR REPLACE account SET email = 'a@x' WHERE id = 2", StatementRefusal.UnknownRows },
        { "INSERT INTO elsewhere (id) VALUES (1)", StatementRefusal.OtherTable },
        { "INSERT INTO temp.account (id) VALUES (1)", StatementRefusal.OtherTable },
        { "DELETE FROM dbmove_intent", StatementRefusal.ControlTable },
        { "CREATE TABLE elsewhere (id INTEGER)", StatementRefusal.Definition },
        { "DROP TABLE account", StatementRefusal.Definition },
        { "VACUUM", StatementRefusal.Definition },
        { "BEGIN IMMEDIATE", StatementRefusal.TransactionControl },
        { "SELECT 1; COMMIT", StatementRefusal.TransactionControl },
        { "SAVEPOINT x", StatementRefusal.TransactionControl },
        { "/* quiet */ ROLLBACK", StatementRefusal.TransactionControl },
        { "PRAGMA foreign_keys = OFF", StatementRefusal.ConnectionState },
        { "PRAGMA foreign_keys(0)", StatementRefusal.ConnectionState },
        { "UPSERT INTO account VALUES (1)", StatementRefusal.UnknownStatement },
        { "SELECT 'never ends", StatementRefusal.UnknownStatement },
        { "SELECT 1 /* never ends", StatementRefusal.UnknownStatement },
        { "UPDATE 'account' SET owner = 'x'", StatementRefusal.UnknownStatement },
    };

    public static TheoryData<string, StatementRefusal> OnPostgreSql => new()
    {
        { "WITH gone AS (DELETE FROM entry RETURNING *) SELECT COUNT(*) FROM gone", StatementRefusal.UnknownRows },
        { "WITH a AS (WITH b AS (SELECT 1) DELETE FROM entry RETURNING *) SELECT 1", StatementRefusal.UnknownRows },
        { "WITH gone AS MATERIALIZED (DELETE FROM entry RETURNING *) INSERT INTO account (owner, balance) SELECT 'x', COUNT(*) FROM gone", StatementRefusal.UnknownRows },
        { "MERGE INTO account USING entry ON account_id = id WHEN MATCHED THEN DELETE", StatementRefusal.UnknownRows },
        { "TRUNCATE account CASCADE", StatementRefusal.UnknownRows },
        { "TRUNCATE entry", StatementRefusal.UnknownRows },
        { "DO $$ BEGIN DELETE FROM account; END $$", StatementRefusal.UnknownRows },
        { "CALL tidy_up()", StatementRefusal.UnknownRows },
        { "UPDATE account SET id = id + 1", StatementRefusal.KeyChange },
        { "UPDATE \"Account\" SET owner = 'x'", StatementRefusal.OtherTable },
        { "UPDATE archive.account SET owner = 'x'", StatementRefusal.OtherTable },
        { "SELECT * INTO copied FROM account", StatementRefusal.Definition },
        { "COPY account FROM STDIN", StatementRefusal.ConnectionState },
        { "SET search_path = archive", StatementRefusal.ConnectionState },
        { "LOCK TABLE account", StatementRefusal.ConnectionState },
        { "EXECUTE prepared_before", StatementRefusal.ConnectionState },
        { "PREPARE TRANSACTION 'x'", StatementRefusal.TransactionControl },
        { "EXPLAIN (ANALYZE, COSTS) DELETE FROM account", StatementRefusal.UnknownStatement },
        { "SELECT lastval()", StatementRefusal.ConnectionState },
    };

    [Theory, MemberData(nameof(OnSqlite))]
    public Task Sqlite_refuses(string text, StatementRefusal refusal) => RefusesAsync(Engine.Sqlite, text, refusal);

    [Fact]
    public async Task PostgreSql_refuses()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        foreach (TheoryDataRow<string, StatementRefusal> row in OnPostgreSql)
        {
            await RefusesAsync(bank, row.Data.Item1, row.Data.Item2);
        }
    }

    [Fact]
    public async Task Nothing_of_a_command_runs_when_its_last_statement_is_refused_and_the_transaction_can_go_on()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        connection.Execute(Texts.Insert, new { owner = "Ada", email = "a", balance = 1L });

        Assert.Throws<StatementRefusedException>(() => connection.Execute("DELETE FROM account; UPDATE account SET id = 5"));
        await transaction.CommitAsync();
        await bank.AssertFollowedAsync(migration);
        Assert.Single(await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task A_refusal_says_why_and_what_to_do_and_nothing_of_the_text()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        string message = Assert.Throws<StatementRefusedException>(() => connection.Execute("UPDATE account SET id = 7 WHERE email = 'secret@x'")).Message;
        Assert.Contains("account sets id", message, StringComparison.Ordinal);
        Assert.Contains("UnsafeStatements.MarkDirty", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    /// <summary>Dapper takes one word for a stored procedure's name.</summary>
    [Fact]
    public async Task A_keyword_alone_is_a_text_and_a_procedure_is_named()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        foreach (string text in (string[])["BEGIN", "begin", "END", "ABORT", "COMMIT", "ROLLBACK"])
        {
            StatementRefusedException refused = Assert.Throws<StatementRefusedException>(() => connection.Execute(text));
            Assert.Equal(StatementRefusal.TransactionControl, refused.Refusal);
            Assert.Contains("BeginTransaction", refused.Message, StringComparison.Ordinal);
        }

        Assert.Contains("tidy_up", Assert.Throws<NotSupportedException>(() => connection.Execute("tidy_up")).Message, StringComparison.Ordinal);
        Assert.Contains("tidy_up", Assert.Throws<NotSupportedException>(() => new DualWriteBatchCommand { CommandText = "tidy_up", CommandType = CommandType.StoredProcedure }).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Assert.Throws<NotSupportedException>(() => connection.Execute("tidy_up 'secret'", commandType: CommandType.StoredProcedure)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_completed_migration_refuses_only_what_belongs_to_one_connection()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.Completed);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        connection.Execute("CREATE TABLE elsewhere (id INTEGER); INSERT INTO elsewhere VALUES (1)");
        connection.Execute("INSERT INTO account (owner, amount) VALUES ('x', 1); UPDATE account SET id = 50");
        Assert.Throws<StatementRefusedException>(() => connection.Execute("COMMIT"));
        Assert.Equal(["50|x|null|1"], await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task Other_tables_are_written_on_the_authority_alone_where_that_is_allowed()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        await bank.Source.ExecuteAsync("CREATE TABLE elsewhere (id INTEGER)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource(new() { OtherTables = OtherTables.AuthorityOnly });
        await using DbConnection connection = source.OpenConnection();

        Assert.Equal(2, connection.Execute("INSERT INTO elsewhere SELECT 1 UNION ALL SELECT 2"));
        Assert.Equal(2, await bank.Source.CountAsync("elsewhere"));
        Assert.Equal(StatementRefusal.ControlTable, Assert.Throws<StatementRefusedException>(() => connection.Execute("DELETE FROM dbmove_intent")).Refusal);
    }

    [Fact]
    public async Task What_ADO_NET_offers_and_two_databases_cannot_keep_is_refused()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await using DbCommand command = connection.CreateCommand();

        Assert.Throws<NotSupportedException>(() => connection.ChangeDatabase("other"));
        Assert.Throws<NotSupportedException>(() => connection.ConnectionString = "Data Source=x");
        Assert.Throws<NotSupportedException>(() => command.CommandType = CommandType.StoredProcedure);
        Assert.Throws<NotSupportedException>(() => command.CreateParameter().Direction = ParameterDirection.Output);
        Assert.Throws<InvalidOperationException>(() => command.ExecuteNonQuery());
        using (System.Transactions.TransactionScope scope = new(System.Transactions.TransactionScopeAsyncFlowOption.Enabled))
        {
            Assert.Throws<NotSupportedException>(() => connection.Execute("DELETE FROM account"));
            Assert.Throws<NotSupportedException>(() => connection.BeginTransaction());
            Assert.Throws<NotSupportedException>(() => connection.EnlistTransaction(System.Transactions.Transaction.Current));
        }
    }

    private async Task RefusesAsync(Engine engine, string text, StatementRefusal refusal)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await RefusesAsync(bank, text, refusal);
    }

    private static async Task RefusesAsync(Bank bank, string text, StatementRefusal refusal)
    {
        Migration migration = await bank.StartAsync();
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        StatementRefusedException exception = await Assert.ThrowsAsync<StatementRefusedException>(() => connection.QueryAsync(text));
        Assert.True(refusal == exception.Refusal, $"{text}: {exception.Refusal}, {exception.Message}");
        Assert.True(exception.Message.Length > 40, exception.Message);
    }
}

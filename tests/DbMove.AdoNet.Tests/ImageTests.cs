using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>Statements that would do something else on the other side: the follower gets the rows, not the text.</summary>
public sealed class ImageTests(PostgreSqlServer server)
{
    /// <summary>The naive way: the statement runs on both sides, and chance, clocks, counters and <c>x = x + 1</c> give other values.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P11_What_the_database_makes_of_a_statement_is_the_same_on_both_sides(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        (Migration migration, DbConnection connection) = await StartAsync(bank);

        connection.Execute("INSERT INTO account (owner, balance) VALUES (CAST(random() AS TEXT), 1), (CAST(random() AS TEXT), 2)");
        connection.Execute("UPDATE account SET owner = CAST(CURRENT_TIMESTAMP AS TEXT) || random(), balance = balance + 1 WHERE id = 1");
        await bank.AssertFollowedAsync(migration);
    }

    /// <summary>The naive way: the rows that a condition, an unordered limit or a query finds on the follower are others than on the authority.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P20_A_statement_over_many_rows_changes_the_authoritys_rows_on_both_sides(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4), (5, 'e', 5), (6, 'f', 6)");
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (6, 'f', 6), (5, 'e', 99), (4, 'd', 4), (2, 'b', 2), (1, 'a', 1)");
        (Migration migration, DbConnection connection) = await StartAsync(bank);

        connection.Execute("UPDATE account SET balance = 0 WHERE id IN (SELECT id FROM account WHERE balance > 2 LIMIT 2)");
        connection.Execute("DELETE FROM account WHERE balance = 5 OR balance = 6");
        connection.Execute("INSERT INTO entry (account_id, line, note) SELECT id, balance, owner FROM account WHERE balance > 0");
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|a|null|1", "2|b|null|2", "3|c|null|0", "4|d|null|0"], await bank.AccountsAsync(Side.Target));
        Assert.Equal(2, (await bank.EntriesAsync(Side.Target)).Count);
    }

    /// <summary>The naive way: what returns rows is taken for a read, and is on one side only.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P12_A_write_that_returns_rows_is_a_write_in_every_path(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        (Migration migration, DbConnection connection) = await StartAsync(bank);

        await using (DbCommand command = connection.CreateCommand())
        {
            command.CommandText = "-- stores a row\nINSERT /* with its key */ INTO account (owner, balance) VALUES ('scalar', 1) RETURNING owner";
            Assert.Equal("scalar", await command.ExecuteScalarAsync());
            command.CommandText = "insert into account (owner, balance) values ('reader', 2) returning *, owner || '!' as \"Loud\"";
            await using (DbDataReader reader = await command.ExecuteReaderAsync())
            {
                // Committed before the first row is given out.
                Assert.Equal(2, await bank.Target.CountAsync("account"));
                Assert.True(await reader.ReadAsync());
                Assert.Equal(["id", "owner", "email", "balance", "Loud"], Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
                Assert.Equal((2, "reader", true, 2, "reader!"), (reader.GetInt32(0), reader.GetString(1), reader.IsDBNull(2), reader.GetFieldValue<long>(3), reader["loud"]));
                Assert.Equal(1, reader.RecordsAffected);
                Assert.False(await reader.ReadAsync());
            }

            command.CommandText = "WITH best AS (SELECT MAX(id) AS id FROM account) UPDATE account SET balance = 7 WHERE id = (SELECT id FROM best) RETURNING balance";
            Assert.Equal(7, Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture));
            command.CommandText = "SELECT 1 AS one; DELETE FROM account WHERE owner = 'scalar' RETURNING id; SELECT COUNT(*) FROM account";
            await using DbDataReader several = command.ExecuteReader();
            List<long> firsts = [];
            do
            {
                Assert.True(several.Read());
                firsts.Add(several.GetInt64(0));
            }
            while (several.NextResult());
            Assert.Equal([1, 1, 1], firsts);
        }

        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["2|reader|null|7"], await bank.AccountsAsync(Side.Target));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Upserts_aliases_and_composite_keys_follow(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        (Migration migration, DbConnection connection) = await StartAsync(bank);

        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2)");
        connection.Execute("INSERT INTO account AS t (id, owner, balance) VALUES (1, 'x', 5), (3, 'c', 3) ON CONFLICT (id) DO UPDATE SET balance = t.balance + excluded.balance");
        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'never', 0) ON CONFLICT DO NOTHING");
        connection.Execute("INSERT INTO \"entry\" (account_id, line, note) VALUES (1, 1, 'a;b'), (1, 2, 'it''s -- no comment')");
        connection.Execute("UPDATE entry SET note = note || account.owner FROM account WHERE account.id = entry.account_id AND line = 2;");
        connection.Execute("DELETE FROM entry WHERE line = 1");
        if (bank.Source.IsPostgreSql)
        {
            connection.Execute("UPDATE ONLY public.account AS t SET (owner, balance) = ROW('both', e.line) FROM entry AS e WHERE e.account_id = t.id");
            connection.Execute("DELETE FROM account t USING entry WHERE t.id = 2 AND entry.note = $$it's -- no commenta$$");
        }
        else
        {
            connection.Execute("INSERT OR IGNORE INTO [account] (id, owner, balance) VALUES (1, 'never', 0), (4, 'd', 4)");
            connection.Execute("REPLACE INTO `entry` (account_id, line, note) VALUES (1, 2, 'anew')");
        }

        await bank.AssertFollowedAsync(migration);
    }

    /// <summary>A row that came and went, or was written thrice, reaches the follower as it is in the end.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_transaction_brings_the_final_rows_and_nothing_of_what_a_savepoint_took_back(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        (Migration migration, DbConnection connection) = await StartAsync(bank);
        connection.Execute("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1)");

        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            Assert.True(transaction.SupportsSavepoints);
            connection.Execute("UPDATE account SET balance = 2 WHERE id = 1");
            await transaction.SaveAsync("before \"it\"");
            connection.Execute("DELETE FROM account WHERE id = 1");
            connection.Execute("INSERT INTO account (id, owner, balance) VALUES (2, 'taken back', 0)");
            await transaction.RollbackAsync("before \"it\"");
            await transaction.SaveAsync("kept");
            connection.Execute("INSERT INTO account (id, owner, balance) VALUES (3, 'c', 3), (4, 'gone', 4)");
            connection.Execute("DELETE FROM account WHERE id = 4");
            await transaction.ReleaseAsync("kept");
            await transaction.CommitAsync();
        }

        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|a|null|2", "3|c|null|3"], await bank.AccountsAsync(Side.Target));
    }

    private static async Task<(Migration Migration, DbConnection Connection)> StartAsync(Bank bank)
    {
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        return (migration, migration.CreateDataSource().OpenConnection());
    }
}

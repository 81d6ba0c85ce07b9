using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>SQLite's other names of an integer key, and its other quotes. The naive way: the row's old key stays on the follower.</summary>
public sealed class KeyNameTests(PostgreSqlServer server)
{
    [Fact]
    public async Task The_key_is_not_changed_by_another_name_or_in_other_quotes()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await connection.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1)");
        foreach (string set in (string[])["rowid = 5", "_ROWID_ = 5", "oid = 5", "\"RowId\" = 5", "[oid] = 5", "owner = 'x', `rowid` = 5", "(owner, rowid) = ('x', 5)",
            "'rowid' = 5", "'id' = 6", "'ID' = 6", "owner = 'x', 'id' = 6", "(owner, 'id') = ('x', 6)", "('id', owner) = (6, 'x')", "\"id\" = 6", "`id` = 6", "[id] = 6"])
        {
            foreach (string text in (string[])[$"UPDATE account SET {set} WHERE id = 1", $"INSERT INTO account (id, owner, balance) VALUES (1, 'b', 1) ON CONFLICT (id) DO UPDATE SET {set}"])
            {
                StatementRefusedException refused = await Assert.ThrowsAsync<StatementRefusedException>(() => connection.ExecuteAsync(text));
                Assert.True(refused.Refusal == StatementRefusal.KeyChange, $"{text}: {refused.Message}");
            }
        }

        Assert.Equal(1, await connection.ExecuteAsync("UPDATE account SET owner = 'rowid', 'email' = 'id' WHERE rowid = 1"));
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|rowid|id|1"], await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task A_row_inserted_by_another_name_of_its_key_is_followed()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        Assert.Equal(1, await connection.ExecuteAsync("INSERT INTO account (rowid, owner, balance) VALUES (7, 'a', 1)"));
        Assert.Equal(1, await connection.ExecuteAsync("INSERT INTO account ('_rowid_', 'owner', 'balance') VALUES (8, 'b', 1)"));
        Assert.Equal(1, await connection.ExecuteAsync("INSERT INTO account (oid, owner, balance) VALUES (8, 'b', 1) ON CONFLICT (id) DO UPDATE SET owner = 'c'"));
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["7|a|null|1", "8|c|null|1"], await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task A_column_that_bears_such_a_name_is_itself()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        await bank.Source.ExecuteAsync("ALTER TABLE account ADD COLUMN oid INTEGER");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.UnmappedSourceColumns.Add("account.oid"));
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        await connection.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1)");

        Assert.Equal(1, await connection.ExecuteAsync("UPDATE account SET OID = 5, owner = 'b'"));
        Assert.Equal(StatementRefusal.KeyChange, Assert.Throws<StatementRefusedException>(() => connection.Execute("UPDATE account SET rowid = 5")).Refusal);
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|b|null|1"], await bank.AccountsAsync(Side.Target));
    }
}

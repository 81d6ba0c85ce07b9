using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>Dapper, as it is, on both kinds of databases; the source is the authority first, then the target.</summary>
public sealed class DapperTests(PostgreSqlServer server)
{
    public static TheoryData<Engine, Stage> DualStages => new(
        from engine in new[] { Engine.Sqlite, Engine.PostgreSql, Engine.SqliteToPostgreSql }
        from stage in new[] { Stage.SourceFirst, Stage.TargetFirst }
        select (engine, stage));

    [Theory, MemberData(nameof(DualStages))]
    public async Task Everything_that_Dapper_writes_is_on_both_sides(Engine engine, Stage stage)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(stage);
        await using DualWriteDataSource source = migration.CreateDataSource(Texts.Options());
        await using DbConnection connection = source.CreateConnection();

        Assert.Equal(1, connection.Execute(Texts.Insert, new { owner = "Ada", email = "ada@x", balance = 1L }));
        Assert.Equal(2, await connection.ExecuteAsync(Texts.Insert, new[] { new { owner = "Bob", email = "bob@x", balance = 2L }, new { owner = "Cy", email = (string?)null!, balance = 3L } }));
        long id = connection.ExecuteScalar<long>(Texts.Insert + " RETURNING id", new { owner = "Dan", email = "dan@x", balance = 4L });
        Account stored = await connection.QuerySingleAsync<Account>(Texts.Insert + " RETURNING id AS \"Id\", owner AS \"Owner\", email AS \"Email\", balance AS \"Balance\"", new { owner = "Eve", email = "eve@x", balance = 5L });
        Assert.Equal((4, 5, "Eve", 5), (id, stored.Id, stored.Owner, stored.Balance));
        Assert.Equal(2, connection.Execute("UPDATE account SET balance = balance * 10 WHERE id IN @ids", new { ids = new[] { 1L, 2L } }));
        Assert.Equal(1, await connection.ExecuteAsync("DELETE FROM account WHERE id = @id", new { id = 3L }));
        connection.Execute("INSERT INTO entry (account_id, line, note) VALUES (@account, @line, @note)", new { account = 1L, line = 1, note = "a" });

        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|Ada|ada@x|10", "2|Bob|bob@x|20", "4|Dan|dan@x|4", "5|Eve|eve@x|5"], await bank.AccountsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(DualStages))]
    public async Task What_Dapper_reads_comes_from_the_authority(Engine engine, Stage stage)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(stage);
        await using DualWriteDataSource source = migration.CreateDataSource(Texts.Options());
        await using DbConnection connection = source.OpenConnection();
        await connection.ExecuteAsync(Texts.Insert, new { owner = "Ada", email = "ada@x", balance = 1L });
        await bank.On(stage.Follower()).ExecuteAsync("UPDATE account SET owner = 'nobody reads this'");

        using SqlMapper.GridReader several = await connection.QueryMultipleAsync("SELECT owner FROM account; SELECT COUNT(*) FROM account");
        Assert.Equal("Ada", await several.ReadSingleAsync<string>());
        Assert.Equal(1, await several.ReadSingleAsync<long>());
        Assert.Equal("Ada", connection.Query<string>("SELECT owner FROM account WHERE id = @id", new { id = 1L }).Single());
        Assert.Equal(["Ada"], await connection.QueryUnbufferedAsync<string>("SELECT owner FROM account").ToListAsync());
        Assert.Equal("Ada", ((IDictionary<string, object>)connection.QuerySingle(Texts.All))["owner"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_transaction_is_committed_on_both_sides_or_on_none(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync(Texts.Insert, new { owner = "Ada", email = "ada@x", balance = 1L }, transaction);
            Assert.Equal("Ada", await connection.QuerySingleAsync<string>("SELECT owner FROM account", transaction: transaction));
            await transaction.RollbackAsync();
        }

        Assert.Empty(await bank.AccountsAsync(Side.Source));
        using (DbTransaction transaction = connection.BeginTransaction())
        {
            long id = connection.ExecuteScalar<long>(Texts.Insert + " RETURNING id", new { owner = "Bob", email = "bob@x", balance = 1L }, transaction);
            connection.Execute("INSERT INTO entry (account_id, line, note) VALUES (@id, 1, 'a'), (@id, 2, 'b')", new { id }, transaction);
            connection.Execute("DELETE FROM entry WHERE line = 1", transaction: transaction);
            Assert.Empty(await bank.AccountsAsync(Side.Target));
            transaction.Commit();
        }

        await bank.AssertFollowedAsync(migration);
        Assert.Single(await bank.AccountsAsync(Side.Target));
        Assert.Single(await bank.EntriesAsync(Side.Target));
    }

    /// <summary>The naive way: the intent's own insert is the last one on the connection, and the program takes its id for the row's.</summary>
    [Fact]
    public async Task The_last_insert_is_the_callers_within_a_command_and_within_a_transaction()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1000, 'old', 0)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        Assert.Equal(1001, connection.ExecuteScalar<long>(Texts.Insert + "; SELECT last_insert_rowid();", new { owner = "Ada", email = "a", balance = 1L }));
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(Texts.Insert, new { owner = "Bob", email = "b", balance = 1L }, transaction);
        Assert.Equal(1002, await connection.ExecuteScalarAsync<long>("SELECT last_insert_rowid()", transaction: transaction));
        await transaction.CommitAsync();

        StatementRefusedException refused = await Assert.ThrowsAsync<StatementRefusedException>(() => connection.ExecuteScalarAsync<long>("SELECT last_insert_rowid()"));
        Assert.Equal(StatementRefusal.ConnectionState, refused.Refusal);
    }
}

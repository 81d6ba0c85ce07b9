using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>Which side a statement reaches in which stage, and what a switch does to one that is under way.</summary>
public sealed class StageTests(PostgreSqlServer server)
{
    public static TheoryData<Engine, Stage> Stages => new(
        from engine in new[] { Engine.Sqlite, Engine.PostgreSql }
        from stage in Enum.GetValues<Stage>()
        select (engine, stage));

    [Theory, MemberData(nameof(Stages))]
    public async Task A_statement_reaches_the_sides_of_its_stage(Engine engine, Stage stage)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(stage);
        await using DualWriteDataSource source = migration.CreateDataSource(Texts.Options());
        await using DbConnection connection = source.CreateConnection();

        connection.Execute(Texts.Insert, new { owner = "Ada", email = "ada@x", balance = 1L });
        await connection.ExecuteAsync("UPDATE account SET balance = balance + 1");

        Assert.Equal(2, await connection.ExecuteScalarAsync<long>("SELECT balance FROM account"));
        Assert.Equal(stage <= Stage.TargetFirst, (await bank.AccountsAsync(Side.Source)).Count == 1);
        Assert.Equal(stage >= Stage.SourceFirst, (await bank.AccountsAsync(Side.Target)).Count == 1);
    }

    /// <summary>The naive way: the transaction goes on where it was begun, on a side that decides no more.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P16_A_switch_between_begin_and_the_first_statement_sends_it_to_the_new_authority(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration sleeper = await bank.StartAsync(Stage.SourceFirst);
        await using DualWriteDataSource source = sleeper.CreateDataSource(Texts.Options());
        await using DbConnection connection = source.OpenConnection();
        Migration operatorsOwn = await bank.StartAsync();
        await operatorsOwn.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Assert.Equal(Stage.SourceFirst, sleeper.Stage);

        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            connection.Execute(Texts.Insert, new { owner = "Ada", email = "ada@x", balance = 1L });
            Assert.Equal(Stage.TargetFirst, ((DualWriteDbTransaction)transaction).DualWrite.Stage);
            await transaction.CommitAsync();
        }

        connection.Execute("UPDATE account SET balance = 5");
        await bank.AssertFollowedAsync(sleeper);
        Assert.Equal(["1|Ada|ada@x|5"], await bank.AccountsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P17_A_switch_waits_for_an_open_transaction(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.PauseBudget = TimeSpan.FromSeconds(9));
        await using DualWriteDataSource source = migration.CreateDataSource(Texts.Options());
        await using DbConnection connection = source.OpenConnection();
        Migration operatorsOwn = await bank.StartAsync(options => options.PauseBudget = TimeSpan.FromSeconds(9));

        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        connection.Execute(Texts.Insert, new { owner = "Ada", email = "ada@x", balance = 1L });
        Task<SwitchResult> moving = operatorsOwn.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await bank.Source.WaitUntilBlockedAsync(moving);
        Assert.False(moving.IsCompleted);
        connection.Execute("UPDATE account SET balance = 2");
        await transaction.CommitAsync();

        await moving;
        await bank.AssertEqualAsync();
        Assert.Equal(["1|Ada|ada@x|2"], await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task A_name_of_the_other_side_is_refused_with_what_is_missing()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await bank.StartAsync(Stage.TargetFirst);
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DualWriteConnection connection = source.OpenConnection();
        await using DualWriteCommand command = (DualWriteCommand)connection.CreateCommand();
        command.CommandText = "INSERT INTO account (owner, balance) VALUES ('Ada', 1)";
        await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());

        command.TargetCommandText = "INSERT INTO account (owner, amount) VALUES ('Ada', 1)";
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
        await bank.AssertFollowedAsync(migration);
    }
}

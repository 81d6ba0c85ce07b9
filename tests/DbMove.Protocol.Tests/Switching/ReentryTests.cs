using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Switching;

/// <summary>Out of dual writing and in again: what the first time left under way must not come out in the second.</summary>
public sealed class ReentryTests(PostgreSqlServer server)
{
    /// <summary>
    /// A write sleeps between its two commits. The way back into the single-sided stage does not need the follower, and there
    /// the row is deleted without an intent. Dual writing begun anew over its head, a validation would find both sides without
    /// the row, and the sleeper would bring it back on the follower and clear the only trace of it.
    /// </summary>
    [Theory]
    [InlineData(Engine.PostgreSql, Stage.SourceFirst)]
    [InlineData(Engine.PostgreSql, Stage.TargetFirst)]
    [InlineData(Engine.SqliteToPostgreSql, Stage.SourceFirst)]
    [InlineData(Engine.Sqlite, Stage.SourceFirst)]
    [InlineData(Engine.Sqlite, Stage.TargetFirst)]
    public async Task A_write_that_sleeps_before_the_followers_commit_holds_up_the_step_back_into_dual_writing(Engine engine, Stage dual)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration writing = await bank.StartAsync(dual);
        Migration operating = await bank.StartAsync(options => options.PauseBudget = TimeSpan.FromMilliseconds(300));
        Stage single = dual == Stage.SourceFirst ? Stage.SourceOnly : Stage.TargetOnly;
        Hold asleep = Hold.At(writing, "write.follower_committing");
        Task<Account> insert = new AccountRepository(writing).InsertAsync(new Account { Owner = "asleep", Balance = 1 });
        await asleep.Reached;
        await operating.SwitchAsync(single, Bank.Forced);
        Assert.True(await new AccountRepository(operating).DeleteAsync(1));
        long epoch = await bank.GreatestEpochAsync();

        await Assert.ThrowsAsync<SwitchAbandonedException>(() => operating.SwitchAsync(dual, Bank.Forced));
        Assert.Equal((single, epoch), await bank.DecideAsync());

        asleep.Release();
        await insert;
        await writing.Clearer.FlushAsync(default);
        Assert.Equal(0, await bank.OpenIntentsAsync(dual.Authority()));
        Assert.Equal(1, await bank.On(dual.Authority().Other()).CountAsync("account"));

        // Awake before the step, it is found by the validation after it.
        Migration patient = await bank.StartAsync();
        await patient.SwitchAsync(dual, Bank.Forced);
        await patient.Validation.StartFullAsync();
        Assert.Equal(1, (await patient.Validation.WaitFullAsync()).Differences);
    }
}

using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>A read may come from the former authority for at most the poll interval: after it, only who knows the stage may read.</summary>
public sealed class StaleReadTests(PostgreSqlServer server)
{
    private const int StaleRead = 1001;

    /// <summary>The naive way: who cannot ask goes on with what he knew last, for as long as it takes.</summary>
    [Fact]
    public async Task Reads_are_refused_once_nobody_could_tell_the_stage_for_the_poll_interval_unless_old_rows_are_allowed()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        (FakeTimeProvider time, LogRecorder log) = (new(), new());
        await new AccountRepository(await bank.StartAsync(Stage.TargetFirst)).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        Migration refusing = await bank.StartAsync(time: time);
        Migration allowing = await bank.StartAsync(options => options.StaleReads = StaleReads.Allow, log, time);

        // A switch that died before it cleared its row; and the side that would say whether the row counts is away.
        await bank.Target.ExecuteAsync("UPDATE dbmove_migration SET prepared = 1");
        await bank.RemoveAsync(Side.Source);
        time.Advance(refusing.Context.Options.PollInterval - TimeSpan.FromTicks(1));
        Assert.Equal(1, await ReadAsync(refusing));

        time.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<StageUnknownException>(() => ReadAsync(refusing));
        Assert.Equal((1L, 1), (await ReadAsync(allowing), log.Count(StaleRead)));

        // As soon as it can be told again, everybody reads.
        await bank.Target.ExecuteAsync("UPDATE dbmove_migration SET prepared = 0");
        Assert.Equal((1L, 1L, 1), (await ReadAsync(refusing), await ReadAsync(allowing), log.Count(StaleRead)));
    }

    private static async Task<long> ReadAsync(Migration migration) => (await new AccountRepository(migration).FindAsync(1))!.Balance;
}

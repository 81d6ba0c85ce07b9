using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>A stage that cannot be read is no reason to keep everybody waiting.</summary>
public sealed class StageOutOfReachTests(PostgreSqlServer server)
{
    /// <summary>Each with time-outs of its own, one after the other, the last reader would wait for the sum of all.</summary>
    [Fact]
    public async Task Readers_who_ask_while_a_reading_fails_share_its_failure()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await using PostgreSqlRelay source = bank.RelayOn(Side.Source);
        await using PostgreSqlRelay target = bank.RelayOn(Side.Target);
        await bank.StartAsync(Stage.SourceFirst);
        SuspendedTime time = new();
        Migration migration = await bank.StartAsync(options => options.FollowerTimeout = TimeSpan.FromSeconds(1), time: time);
        time.Asleep = TimeSpan.FromMinutes(1);
        source.Freeze();
        target.Freeze();

        Task<Account?>[] readers = [.. Enumerable.Range(1, 8).Select(id => new AccountRepository(migration).FindAsync(id))];
        StageUnknownException[] failures = await Task.WhenAll(readers.Select(reader => Assert.ThrowsAsync<StageUnknownException>(() => reader.WaitAsync(TimeSpan.FromSeconds(60)))));

        Assert.Single(failures.Select(failure => failure.InnerException as StageUnknownException ?? failure).Distinct());
    }
}

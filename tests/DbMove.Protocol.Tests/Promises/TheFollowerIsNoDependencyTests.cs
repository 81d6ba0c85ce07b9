using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promise 3: by default the follower is never an availability dependency; strict mode fails before anything is committed.</summary>
public sealed class TheFollowerIsNoDependencyTests(PostgreSqlServer server)
{
    /// <summary>Only tells an end from none; no test passes because something was fast.</summary>
    private static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task With_the_follower_held_a_write_succeeds_and_converges_later(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.FollowerTimeout = TimeSpan.FromMilliseconds(200));
        AccountRepository accounts = new(migration);
        Account stored;
        await using (await bank.HoldAsync(Side.Target))
        {
            stored = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
            Assert.Equal(1, await bank.OpenIntentsAsync(Side.Source));
        }

        await Bank.SettleAsync(migration);

        Assert.Equal([$"{stored.Id}|Ada|null|1"], await bank.AccountsAsync(Side.Target));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task With_the_follower_frozen_writes_succeed_and_reads_go_on(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Target);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.FollowerTimeout = TimeSpan.FromMilliseconds(200));
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "before", Balance = 1 });

        // The connection in the pool says nothing any more, and neither does a new one.
        relay.Freeze();
        Account first = await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }).WaitAsync(Bound);
        await accounts.UpdateAsync(first with { Balance = 2 }).WaitAsync(Bound);
        Account? read = await accounts.FindAsync(first.Id).WaitAsync(Bound);
        relay.Thaw();

        Assert.Equal(2, read?.Balance);
        Assert.Equal(1, await bank.Target.CountAsync("account"));
        await Bank.SettleAsync(migration);
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Strict_mode_fails_the_write_before_anything_is_committed(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            options.FollowerTimeout = TimeSpan.FromMilliseconds(200);
            options.FollowerFailure = FollowerFailure.FailWrite;
        });
        AccountRepository accounts = new(migration);
        await using (await bank.HoldAsync(Side.Target))
        {
            FollowerWriteException exception = await Assert.ThrowsAsync<FollowerWriteException>(() => accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }));
            Assert.Equal(Side.Target, exception.Side);
        }

        Assert.Equal(0, await bank.Source.CountAsync("account"));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
        await accounts.InsertAsync(new Account { Owner = "Bob", Balance = 1 });
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_error_on_the_authority_fails_the_write_and_leaves_nothing(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        await accounts.InsertAsync(new Account { Owner = "Ada", Email = "a@x", Balance = 1 });

        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await accounts.InsertAsync(new Account { Owner = "first", Balance = 1 }, transaction);
        WriteFailedException exception = await Assert.ThrowsAsync<WriteFailedException>(() => accounts.InsertAsync(new Account { Owner = "second", Email = "a@x", Balance = 1 }, transaction));

        // P46: the error has ended the transaction; nothing that follows may run outside it.
        await Assert.ThrowsAsync<InvalidOperationException>(() => accounts.InsertAsync(new Account { Owner = "third", Balance = 1 }, transaction));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
        Assert.Equal(Dialects.FailureKind.UniqueClash, exception.Kind);
        Assert.Equal(1, await bank.Source.CountAsync("account"));
        await bank.AssertEqualAsync();
    }
}

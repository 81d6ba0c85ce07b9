using DbMove.Events;
using DbMove.Tests.Events;
using DbMove.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>A bank whose follower differs in every way, and migrations of it that share a broker.</summary>
internal sealed class Outbox : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();

    private Outbox(Bank bank)
    {
        Bank = bank;
        Broker = new FakeBroker(_time);
    }

    public Bank Bank { get; }

    public FakeBroker Broker { get; }

    /// <summary>Six accounts on the source; on the target two are missing, one differs, and one is too many.</summary>
    public static async Task<Outbox> CreateAsync(Engine engine, PostgreSqlServer server)
    {
        Outbox outbox = new(await Bank.CreateAsync(engine, server));
        await outbox.Bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4), (5, 'e', 5), (6, 'f', 6)");
        await outbox.Bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (1, 'a', 1), (3, 'x', 3), (4, 'd', 4), (6, 'f', 6), (7, 'extra', 7)");
        if (outbox.Bank.Source.IsPostgreSql)
        {
            await outbox.Bank.Source.ExecuteAsync("SELECT setval(pg_get_serial_sequence('account', 'id'), 10)");
        }

        return outbox;
    }

    /// <summary>One of any number of processes, with the broker or without.</summary>
    public Task<Migration> StartAsync(bool withBroker = true, LogRecorder? log = null, Action<MigrationOptions>? configure = null) => Bank.StartAsync(Stage.SourceFirst, log: log, configure: options =>
    {
        options.Validation.SuspectDelay = TimeSpan.Zero;
        options.Validation.SuspectRounds = 2;
        options.Events.Broker = withBroker ? Broker.Connect : null;
        configure?.Invoke(options);
    });

    public static EventRelayLoop RelayOf(Migration migration) => ((BrokeredEventChannel)migration.Events).Relay;

    public static async Task<ValidationReport> ValidateAsync(Migration migration)
    {
        await migration.Validation.StartFullAsync();
        return await migration.Validation.WaitFullAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Relays and repairs until there is nothing that can be done now.</summary>
    public static async Task WorkAsync(Migration migration)
    {
        bool worked = true;
        while (worked)
        {
            worked = migration.Events is BrokeredEventChannel brokered && await brokered.Relay.RunOnceAsync(default) is not null;
            worked |= await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default);
        }
    }

    /// <summary>Lets every lease and delay run out in the broker.</summary>
    public void ExpireMessages() => _time.Advance(TimeSpan.FromDays(1));

    /// <summary>Lets every claim, lease and delay run out, in the table and in the broker.</summary>
    public async Task ExpireAsync()
    {
        ExpireMessages();
        await Bank.Target.ExecuteAsync("UPDATE dbmove_event SET visible_at = 0");
    }

    /// <summary>Every row was repaired, and no event is open.</summary>
    public async Task AssertDoneAsync()
    {
        await Bank.AssertEqualAsync();
        Assert.Equal(6, await Bank.Target.CountAsync("account"));
        Assert.Equal(0, await Bank.Target.CountAsync("dbmove_event"));
    }

    /// <summary>An event about accounts.</summary>
    public static InconsistencyEvent Event(string id, params int[] accounts) => new()
    {
        Id = id,
        Migration = "bank",
        Entity = "account",
        Kind = InconsistencyKind.Different,
        Base = Side.Source,
        Keys = [.. accounts.Select(account => $"[\"{account}\"]")],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public ValueTask DisposeAsync() => Bank.DisposeAsync();
}

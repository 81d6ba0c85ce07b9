using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>The control tables have a version: older ones are upgraded, newer ones refused, and health and status show what is wrong.</summary>
public sealed class ControlTableTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Tables_of_an_older_version_are_upgraded_at_start_and_keep_what_they_hold(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.StartAsync(Stage.SourceFirst);
        foreach (Database database in (Database[])[bank.Source, bank.Target])
        {
            await database.ExecuteAsync("DROP TABLE dbmove_progress; DROP TABLE dbmove_validation; DROP TABLE dbmove_event; DROP TABLE dbmove_instance; DROP TABLE dbmove_lease; DROP TABLE dbmove_dirty; DELETE FROM dbmove_version WHERE version >= 2");
        }

        Migration migration = await bank.StartAsync();

        Assert.Equal(Stage.SourceFirst, migration.Stage);
        Assert.Equal(["1", "2", "3", "4"], await bank.Target.RowsAsync("SELECT version FROM dbmove_version ORDER BY version"));
        Assert.Equal(0, await bank.Target.CountAsync("dbmove_event"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Events_of_version_2_are_kept_by_the_upgrade_and_go_to_the_broker(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration old = await outbox.StartAsync(withBroker: false);
        await old.Events.PublishAsync([Outbox.Event("old", 2, 3, 5, 7)]);
        foreach (Database database in (Database[])[outbox.Bank.Source, outbox.Bank.Target])
        {
            await database.ExecuteAsync("DROP INDEX dbmove_event_event; ALTER TABLE dbmove_event DROP COLUMN publication; ALTER TABLE dbmove_event DROP COLUMN published_at; DROP TABLE dbmove_instance; DROP TABLE dbmove_lease; DROP TABLE dbmove_dirty; DELETE FROM dbmove_version WHERE version >= 3");
        }

        Migration migration = await outbox.StartAsync();
        await Outbox.WorkAsync(migration);

        Assert.Equal(["old.1"], outbox.Broker.Sent);
        await outbox.AssertDoneAsync();
    }

    [Fact]
    public async Task Two_instances_that_upgrade_at_once_upgrade_once()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await bank.StartAsync(Stage.SourceFirst);
        foreach (Database database in (Database[])[bank.Source, bank.Target])
        {
            await database.ExecuteAsync("DROP INDEX dbmove_event_event; ALTER TABLE dbmove_event DROP COLUMN publication; ALTER TABLE dbmove_event DROP COLUMN published_at; DROP TABLE dbmove_instance; DROP TABLE dbmove_lease; DROP TABLE dbmove_dirty; DELETE FROM dbmove_version WHERE version >= 3");
        }

        // Both have read the old version when one of them gets on.
        Task<Migration>[] starts;
        await using (await bank.Source.BeginAsync("LOCK TABLE dbmove_event IN ACCESS SHARE MODE"))
        {
            starts = [bank.StartAsync(), bank.StartAsync()];
            await bank.Source.WaitUntilBlockedAsync(statements: 2);
        }

        Assert.All(await Task.WhenAll(starts), migration => Assert.Equal(Stage.SourceFirst, migration.Stage));
        foreach (Database database in (Database[])[bank.Source, bank.Target])
        {
            Assert.Equal(["1", "2", "3", "4"], await database.RowsAsync("SELECT version FROM dbmove_version ORDER BY version"));
        }
    }

    [Fact]
    public async Task Two_instances_that_create_the_tables_at_once_create_them_once()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration[] migrations = [await bank.StartAsync(), await bank.StartAsync()];
        Task<SwitchResult>[] switches;

        // A third one has begun to create the table, and dies.
        await using (await bank.Target.BeginAsync("CREATE TABLE dbmove_version (version bigint PRIMARY KEY, applied_at bigint NOT NULL)"))
        {
            switches = [.. migrations.Select(migration => migration.SwitchAsync(Stage.SourceOnly))];
            await bank.Target.WaitUntilBlockedAsync(statements: 2);
        }

        Exception?[] failures = await Task.WhenAll(switches.Select(each => Record.ExceptionAsync(() => each).AsTask()));
        Assert.IsType<EpochMovedException>(Assert.Single(failures, failure => failure is not null));
        Assert.All(await Task.WhenAll(migrations.Select(migration => migration.ReadStageAsync())), stage => Assert.Equal((Stage.SourceOnly, 1), (stage.Stage, stage.Epoch)));
        Assert.Equal(1, await bank.Source.CountAsync("dbmove_audit"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Tables_of_a_newer_version_are_refused(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await bank.StartAsync(Stage.SourceOnly);
        await bank.Target.ExecuteAsync("INSERT INTO dbmove_version (version, applied_at) VALUES (99, 0)");

        MigrationConfigurationException exception = await Assert.ThrowsAsync<MigrationConfigurationException>(() => bank.StartAsync());

        Assert.Contains("99", exception.Message, StringComparison.Ordinal);
        Assert.Contains("target", exception.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Health_and_status_show_an_intent_that_is_left_open(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Gate.MaximumIntentAge = TimeSpan.Zero);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }));

        MigrationStatus status = await migration.GetStatusAsync();
        MigrationHealth health = await migration.CheckHealthAsync();

        Assert.Equal((1, 0), (status.Intents!.Open, status.Intents.Parked));
        Assert.Contains(status.NextGate!.Conditions, condition => condition.Name == "intent_age");
        Assert.Equal(HealthStatus.Healthy, (await migration.Pool.CheckHealthAsync()).Status);
        Assert.Contains(health.Entries, entry => entry.Name == "intents" && entry.Detail.Contains("1 open", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Leaving_dual_writing_needs_no_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.FollowerTimeout = TimeSpan.FromMilliseconds(300));
        await bank.RemoveAsync(Side.Target);

        SwitchResult result = await migration.SwitchAsync(Stage.SourceOnly);

        Assert.True(result.Changed);
        Assert.Equal(1, (await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 })).Id);
        Assert.Equal(HealthStatus.Healthy, (await migration.CheckHealthAsync()).Entries.Single(entry => entry.Name == "source").Status);
    }
}

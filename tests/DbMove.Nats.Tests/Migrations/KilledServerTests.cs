namespace DbMove.Nats.Tests.Migrations;

/// <summary>nats-server really killed in the middle of everything: nothing is lost, and all goes on by itself when it is back.</summary>
public sealed class KilledServerTests
{
    [Theory]
    [InlineData("events.stored", 1)] // before anything is published
    [InlineData("events.stored", 4)] // while validation publishes
    [InlineData("events.claimed", 1)] // the relay has rows in hand
    [InlineData("events.published", 1)] // the server has taken them, and nobody has noted it
    [InlineData("events.received", 2)] // fixers hold events
    [InlineData("repair.authority_committed", 2)] // in the middle of a repair's commit
    [InlineData("events.repaired", 2)] // repaired, and still open
    [InlineData("events.completed", 2)] // done, and not acknowledged
    public async Task P27_P28_A_server_killed_at_any_moment_loses_nothing(string point, int number)
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using Depot depot = await Depot.CreateAsync();
        await depot.DamageAsync();
        Migration migration = await depot.StartAsync(server.Url);
        Task killed = At.Point(migration, point, number, server.KillAsync);

        ValidationReport report = await Depot.ValidateAsync(migration);
        await killed;
        Item written = await new ItemRepository(migration).InsertAsync(new Item { Id = 5000, Name = "while it is down", Amount = 1 });
        MigrationHealth health = await migration.CheckHealthAsync();
        await server.StartAsync();

        Assert.Equal(Depot.Damaged, report.Differences);
        Assert.NotEqual(HealthStatus.Unhealthy, health.Status);
        await depot.AssertRepairedAsync();
        Assert.Equal(1, await depot.CountAsync(Side.Target, "item WHERE name = 'while it is down'"));
        Assert.Equal(Depot.Rows + 1, await depot.CountAsync(Side.Target, "item"));
        Assert.Equal(5000, written.Id);
    }

    [Fact]
    public async Task Promise_3_No_write_waits_for_a_server_that_swallows_everything()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using Depot depot = await Depot.CreateAsync();
        await depot.DamageAsync();
        Migration migration = await depot.StartAsync(server.Url);
        Task frozen = At.Point(migration, "events.claimed", 1, server.FreezeAsync);
        ValidationReport report = await Depot.ValidateAsync(migration);
        await frozen;

        // Each answer that a write waited for would cost 5 s.
        ItemRepository items = new(migration);
        await WriteAsync().WaitAsync(TimeSpan.FromSeconds(100));
        async Task WriteAsync()
        {
            for (int id = 5001; id <= 5100; id++)
            {
                await items.InsertAsync(new Item { Id = id, Name = "written", Amount = id });
            }
        }

        Assert.Equal(Depot.Damaged, report.Differences);
        await server.ThawAsync();
        await depot.AssertRepairedAsync();
        Assert.Equal(100, await depot.CountAsync(Side.Target, "item WHERE name = 'written'"));
    }

    [Fact]
    public async Task Findings_wait_in_the_table_while_the_login_is_wrong_and_go_out_when_it_is_right()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync("authorization { user: mover, password: right }");
        await using Depot depot = await Depot.CreateAsync();
        await depot.DamageAsync();
        Migration migration = await depot.StartAsync(server.Url, nats: options => (options.UserName, options.Password) = ("mover", "wr0ng-s3cret"));

        Assert.Equal(Depot.Damaged, (await Depot.ValidateAsync(migration)).Differences);
        await new ItemRepository(migration).InsertAsync(new Item { Id = 5000, Name = "written", Amount = 1 });
        HealthEntry entry = await Eventually.GetAsync(
            async () => (await migration.CheckHealthAsync()).Entries.FirstOrDefault(each => each.Name == "nats" && each.Status == HealthStatus.Degraded), "health tells of the login");
        Assert.DoesNotContain("wr0ng-s3cret", entry.Detail + entry.Failure, StringComparison.Ordinal);
        Assert.NotEqual(0, await depot.CountAsync(Side.Target, "dbmove_event"));

        server.Configuration = "authorization { user: mover, password: wr0ng-s3cret }";
        await server.ReloadAsync();

        await depot.AssertRepairedAsync();
    }
}

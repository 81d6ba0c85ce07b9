using DbMove.AspNetCore.Tests.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Status = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace DbMove.AspNetCore.Tests.Health;

public sealed class HealthCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_migrations_are_one_check_and_the_worst_counts()
    {
        await using ControlService service = await ControlService.StartAsync(
            app => app.MapDbMove(), configure: builder => builder.Services.AddHealthChecks().AddDbMove(tags: ["ready"]), migrations: ["alpha", "beta"]);
        HealthCheckService checks = service.Services.GetRequiredService<HealthCheckService>();

        HealthReportEntry well = (await checks.CheckHealthAsync(check => check.Tags.Contains("ready"), Token)).Entries["dbmove"];
        Assert.Equal((Status.Healthy, "healthy", "healthy", "healthy"), (well.Status, well.Data["alpha"], well.Data["beta"], well.Data["beta.source"]));

        await service.Services.GetRequiredKeyedService<Migration>("alpha").StopAsync(Token);
        HealthReportEntry ill = (await checks.CheckHealthAsync(Token)).Entries["dbmove"];
        Assert.Equal((Status.Unhealthy, "unhealthy", "healthy"), (ill.Status, ill.Data["alpha"], ill.Data["beta"]));
        Assert.Contains("alpha.migration: not started", ill.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_migration_has_a_check_of_its_own_with_its_own_failure_status()
    {
        await using ControlService service = await ControlService.StartAsync(
            app => app.MapDbMove(),
            configure: builder => builder.Services.AddHealthChecks().AddDbMove("alpha").AddDbMove("beta", name: "the other", failureStatus: Status.Degraded),
            migrations: ["alpha", "beta"]);
        await service.Services.GetRequiredKeyedService<Migration>("beta").StopAsync(Token);

        HealthReport report = await service.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.Equal((Status.Healthy, Status.Degraded), (report.Entries["dbmove-alpha"].Status, report.Entries["the other"].Status));
    }

    [Fact]
    public async Task A_parked_intent_is_degraded_and_200()
    {
        await using ControlService service = await ControlService.StartAsync(
            app =>
            {
                app.MapDbMove();
                app.MapHealthChecks("/dbmove/healthz");
            },
            options: options => options.RunBackgroundWork = false,
            configure: builder => builder.Services.AddHealthChecks().AddDbMove());
        await service.WalkToAsync(Stage.SourceFirst);
        service.Files.Run(Side.Source, "INSERT INTO dbmove_intent (migration, entity, key, operation, epoch, created_at, attempts, parked_at, reason) VALUES ('items', 'item', '[\"1\"]', 'write', 2, 0, 9, 1, 'secret text')");

        Assert.Equal("Degraded", (await service.GetAsync("healthz")).Is(System.Net.HttpStatusCode.OK).Text);
        Answer health = (await service.GetAsync("health")).Is(System.Net.HttpStatusCode.OK);
        Assert.Equal("degraded", health.Of("status"));
        Answer status = (await service.GetAsync("status")).Is(System.Net.HttpStatusCode.OK);
        Assert.Equal((1, 1), (status["intents"].GetProperty("open").GetInt32(), status["intents"].GetProperty("parked").GetInt32()));
        Assert.DoesNotContain("secret text", health.Text + status.Text, StringComparison.Ordinal);
    }
}

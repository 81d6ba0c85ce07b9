using System.Globalization;
using System.Net;
using DbMove.AspNetCore.Tests.Setup;
using DbMove.Tests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DbMove.AspNetCore.Tests.Endpoints;

/// <summary>A migration with NATS: whether the server is there or away, nobody is shown where it is.</summary>
public sealed class BrokerAwayTests
{
    [Fact]
    public async Task Neither_health_nor_its_check_shows_the_brokers_address()
    {
        await using NatsServerProcess nats = await NatsServerProcess.CreateAsync();
        await using ControlService service = await ControlService.StartAsync(
            app =>
            {
                app.MapDbMove("/dbmove").RequireAuthorization("operators");
                app.MapHealthChecks("/dbmove/healthz");
            },
            configure: builder => builder.Services.AddHealthChecks().AddDbMove(),
            sides: move => move.UseNats(nats.Url));
        await service.WalkToAsync(Stage.SourceFirst);

        await AssertShownAsync(service, nats, "healthy");
        await nats.KillAsync();
        await AssertShownAsync(service, nats, "degraded");
    }

    private static async Task AssertShownAsync(ControlService service, NatsServerProcess nats, string expected)
    {
        // The state comes by itself; that nothing is shown holds at every moment before it too.
        for (int look = 0; ; look++)
        {
            Answer health = (await service.GetAsync("health")).Is(HttpStatusCode.OK);
            HealthReport report = await service.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
            HealthReportEntry entry = report.Entries.Values.Single();
            string[] texts = [health.Text, (await service.GetAsync("status")).Text, entry.Description + string.Join(' ', entry.Data.Select(each => each.Key + each.Value))];
            foreach (string text in texts)
            {
                Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
                Assert.DoesNotContain(nats.Port.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
                Assert.DoesNotContain("ConnectionRefused", text, StringComparison.Ordinal);
            }

            if (health["entries"].EnumerateArray().Any(each => each.GetProperty("name").GetString() == "nats" && each.GetProperty("status").GetString() == expected)
                && health.Of("status") == expected)
            {
                return;
            }

            Assert.True(look < 300, $"Never {expected}: {health.Text}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}

using System.Net;
using System.Text.Json;
using DbMove.AspNetCore.Tests.Setup;
using DbMove.Tests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace DbMove.AspNetCore.Tests.Endpoints;

/// <summary>A side that is out of reach: what needs it is 503, what does not goes on, and nothing secret is shown.</summary>
public sealed class FollowerAwayTests
{
    private const string Password = "hunter2-of-postgres";

    [Fact]
    public async Task What_needs_the_side_that_is_away_is_503_and_no_answer_shows_an_address_or_a_secret()
    {
        await using PostgreSqlServer server = new();
        await server.InitializeAsync();
        NpgsqlConnectionStringBuilder target = new(await server.CreateDatabaseAsync()) { Password = Password, Timeout = 2 };
        await using (NpgsqlConnection connection = new(target.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using NpgsqlCommand command = new("CREATE TABLE item (id bigint PRIMARY KEY, name text NOT NULL)", connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using ControlService service = await ControlService.StartAsync(
            app =>
            {
                app.MapDbMove("/dbmove").RequireAuthorization("operators");
                app.MapHealthChecks("/dbmove/healthz");
            },
            options: options => options.RequireDurableServers = false,
            configure: builder => builder.Services.AddHealthChecks().AddDbMove(),
            sides: move => move.ToPostgreSql(target.ConnectionString));
        await service.WalkToAsync(Stage.SourceFirst);
        await server.Process.StopAsync("immediate");
        NpgsqlConnection.ClearAllPools();
        List<Answer> all = [];
        async Task<Answer> Keep(Task<Answer> answer)
        {
            all.Add(await answer);
            return all[^1];
        }

        Answer status = (await Keep(service.GetAsync("status"))).Is(HttpStatusCode.OK);
        Assert.Equal("src_first", status.Of("stage"));
        Assert.Equal(JsonValueKind.Object, status["intents"].ValueKind);
        Assert.All((string[])["events", "nextGate"], member => Assert.Equal(JsonValueKind.Null, status[member].ValueKind));
        (await Keep(service.GetAsync("stats"))).Is(HttpStatusCode.OK);
        Answer health = (await Keep(service.GetAsync("health"))).Is(HttpStatusCode.OK);
        Assert.Equal("degraded", health.Of("status"));
        Assert.Contains(health["entries"].EnumerateArray(), entry => entry.GetProperty("name").GetString() == "target" && entry.GetProperty("status").GetString() == "degraded");
        Assert.Equal("Degraded", (await Keep(service.GetAsync("healthz"))).Is(HttpStatusCode.OK).Text);

        Answer refused = await Keep(service.PostAsync("dst_first"));
        Assert.Equal(("database-unavailable", "target"), (refused.Problem(HttpStatusCode.ServiceUnavailable), refused.Of("side")));
        Answer full = await Keep(service.PostAsync("full/start"));
        Assert.Equal(("database-unavailable", "target"), (full.Problem(HttpStatusCode.ServiceUnavailable), full.Of("side")));
        Assert.Equal("unavailable", (await Keep(service.PostAsync("incr/start"))).Problem(HttpStatusCode.ServiceUnavailable));
        (await Keep(service.PostAsync("backfill/start"))).Is(HttpStatusCode.Accepted);
        (await Keep(service.PostAsync("backfill/pause"))).Is(HttpStatusCode.OK);
        (await Keep(service.PostAsync("full/stop"))).Is(HttpStatusCode.OK);
        (await Keep(service.PostAsync("src_only"))).Is(HttpStatusCode.OK);

        HealthReport report = await service.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        HealthReportEntry entry = report.Entries.Values.Single();
        string shown = entry.Description + string.Join(' ', entry.Data.Select(each => each.Key + each.Value));
        foreach (string text in (string[])[.. all.Select(answer => answer.Text), .. service.Log.Lines, shown])
        {
            foreach (string secret in (string[])[Password, "127.0.0.1", target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "postgres", target.Database!, service.Files.PathOf(Side.Source), "Npgsql", "Exception"])
            {
                Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }
}

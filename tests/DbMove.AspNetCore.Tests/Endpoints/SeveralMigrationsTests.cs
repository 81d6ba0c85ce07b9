using System.Net;
using DbMove.AspNetCore.Tests.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DbMove.AspNetCore.Tests.Endpoints;

public sealed class SeveralMigrationsTests
{
    private static readonly string[] s_awkward = ["backfill", "full", "health", "start", "status"];

    [Fact]
    public async Task Without_a_name_it_is_400_with_one_that_there_is_not_404_and_both_list_the_names()
    {
        await using ControlService service = await ControlService.StartAsync(20, null, "beta", "alpha");

        foreach (Answer answer in (Answer[])[await service.GetAsync("status"), await service.GetAsync("health"), await service.PostAsync("src_only"), await service.PostAsync("full/start")])
        {
            Assert.Equal("migration-not-named", answer.Problem(HttpStatusCode.BadRequest));
            Assert.Equal(["alpha", "beta"], answer["migrations"].EnumerateArray().Select(name => name.GetString()));
        }

        foreach (Answer answer in (Answer[])[await service.GetAsync("gamma/status"), await service.GetAsync("ALPHA/stats"), await service.PostAsync("gamma/src_only"), await service.PostAsync("gamma/incr/stop")])
        {
            Assert.Equal("unknown-migration", answer.Problem(HttpStatusCode.NotFound));
            Assert.Equal(["alpha", "beta"], answer["migrations"].EnumerateArray().Select(name => name.GetString()));
        }
    }

    [Fact]
    public async Task Each_is_driven_by_its_name_even_where_that_is_a_verb()
    {
        await using ControlService service = await ControlService.StartAsync(20, null, s_awkward);

        (await service.PostAsync("full/src_only")).Is(HttpStatusCode.OK);

        foreach (string name in s_awkward)
        {
            Answer status = (await service.GetAsync(name + "/status")).Is(HttpStatusCode.OK);
            Assert.Equal((name, name == "full" ? "src_only" : "initial"), (status.Of("migration"), status.Of("stage")));
            Assert.Equal(name, (await service.PostAsync(name + "/full/stop")).Is(HttpStatusCode.OK).Of("migration"));
        }
    }

    [Theory]
    [InlineData("GET", "nonsense", 404)]
    [InlineData("POST", "initial", 404)]
    [InlineData("POST", "items/rollback", 404)]
    [InlineData("POST", "items/full/start/now", 404)]
    [InlineData("GET", "src_only", 405)]
    [InlineData("PUT", "items/src_only", 405)]
    [InlineData("POST", "status", 405)]
    [InlineData("OPTIONS", "items/src_only", 405)]
    [InlineData("DELETE", "items/full/start", 405)]
    public async Task What_there_is_not_is_404_and_what_cannot_be_done_to_it_405(string method, string path, int status)
    {
        await using ControlService service = await ControlService.StartAsync();
        Assert.Equal(status, (int)(await service.SendAsync(new HttpMethod(method), "/dbmove/" + path, ControlService.Operator)).Status);
    }

    [Fact]
    public async Task Reads_answer_HEAD_without_a_body_and_nothing_is_cached()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceOnly);

        Answer head = (await service.SendAsync(HttpMethod.Head, "/dbmove/status", ControlService.Operator)).Is(HttpStatusCode.OK);

        Assert.Equal((string.Empty, "\"1\"", "application/json"), (head.Text, head.ETag, head.MediaType));
        foreach (Answer answer in (Answer[])[head, await service.GetAsync("health"), await service.GetAsync("x/stats"), await service.PostAsync("src_only"), await service.PostAsync("src_only", "[")])
        {
            Assert.True(answer.Response.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task A_prefix_and_a_group_of_ones_own_work()
    {
        await using ControlService service = await ControlService.StartAsync(app => app.MapGroup("/admin").RequireAuthorization("operators").MapDbMove("move"));

        (await service.SendAsync(HttpMethod.Post, "/admin/move/items/src_only", ControlService.Operator)).Is(HttpStatusCode.OK);
        (await service.SendAsync(HttpMethod.Get, "/admin/move/status", ControlService.Operator)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_migration_that_has_not_started_is_503()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.Migration.StopAsync(TestContext.Current.CancellationToken);

        foreach (Answer answer in (Answer[])[await service.GetAsync("status"), await service.GetAsync("stats"), await service.PostAsync("src_only"), await service.PostAsync("full/start")])
        {
            Assert.Equal("not-started", answer.Problem(HttpStatusCode.ServiceUnavailable));
            Assert.NotNull(answer.Response.Headers.RetryAfter);
        }

        Assert.Equal("unhealthy", (await service.GetAsync("health")).Is(HttpStatusCode.ServiceUnavailable).Of("status"));
        Assert.Equal(["item"], service.Files.Rows(Side.Source, "SELECT name FROM sqlite_master WHERE type = 'table'"));
    }
}

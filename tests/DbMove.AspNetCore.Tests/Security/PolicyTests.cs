using System.Net;
using DbMove.AspNetCore.Tests.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DbMove.AspNetCore.Tests.Security;

public sealed class PolicyTests
{
    private const string Viewer = "vera:viewer";
    private static readonly string[] s_reads = ["health", "stats", "status", "items/health", "items/stats", "items/status"];
    private static readonly string[] s_writes =
    [
        .. from verb in (string[])["src_only", "src_first", "dst_first", "dst_only", "complete", "full/start", "full/stop", "incr/start", "incr/stop", "backfill/start", "backfill/pause"]
           from prefix in (string[])["", "items/"]
           select prefix + verb,
    ];

    [Fact]
    public async Task Without_a_policy_every_write_is_refused_and_every_read_is_open()
    {
        await using ControlService service = await ControlService.StartAsync(app => app.MapDbMove());
        await EveryWriteIsRefusedAsync(service, ControlService.Operator);
        await EveryWriteIsRefusedAsync(service, null);
        await ReadsAreAsync(service, null, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fallback_policy_is_none_for_writes()
    {
        await using ControlService service = await ControlService.StartAsync(
            app => app.MapDbMove(),
            configure: builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
        await EveryWriteIsRefusedAsync(service, ControlService.Operator);
        await ReadsAreAsync(service, null, HttpStatusCode.Unauthorized);
        await ReadsAreAsync(service, Viewer, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllowAnonymous_opens_no_write(bool isOnGroup)
    {
        await using ControlService service = await ControlService.StartAsync(app => _ = isOnGroup
            ? app.MapGroup("").AllowAnonymous().MapDbMove("/dbmove").RequireAuthorization("operators")
            : app.MapDbMove("/dbmove").RequireAuthorization("operators").AllowAnonymous());
        await EveryWriteIsRefusedAsync(service, ControlService.Operator);
        await EveryWriteIsRefusedAsync(service, null);
        await ReadsAreAsync(service, null, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_policy_on_both_lets_those_through_that_meet_it()
    {
        await using ControlService service = await ControlService.StartAsync();
        await WritesAreAsync(service, null, HttpStatusCode.Unauthorized);
        await WritesAreAsync(service, Viewer, HttpStatusCode.Forbidden);
        await ReadsAreAsync(service, null, HttpStatusCode.Unauthorized);
        await ReadsAreAsync(service, Viewer, HttpStatusCode.Forbidden);
        Assert.Equal(Stage.Initial, service.Migration.Stage);
        await ReadsAreAsync(service, ControlService.Operator, HttpStatusCode.OK);
        await EveryWriteIsLetThroughAsync(service);
    }

    [Fact]
    public async Task Reads_and_writes_have_a_policy_each()
    {
        await using ControlService service = await ControlService.StartAsync(app =>
        {
            ControlEndpoints control = app.MapDbMove("/dbmove");
            control.Writes.RequireAuthorization("operators");
            control.Reads.RequireAuthorization("viewers");
        });
        await ReadsAreAsync(service, null, HttpStatusCode.Unauthorized);
        await ReadsAreAsync(service, Viewer, HttpStatusCode.OK);
        await WritesAreAsync(service, Viewer, HttpStatusCode.Forbidden);
        await EveryWriteIsLetThroughAsync(service);
    }

    [Fact]
    public async Task A_policy_on_reads_alone_opens_no_write()
    {
        await using ControlService service = await ControlService.StartAsync(app => app.MapDbMove("/dbmove").Reads.RequireAuthorization("viewers"));
        await EveryWriteIsRefusedAsync(service, ControlService.Operator);
        await ReadsAreAsync(service, Viewer, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_policy_object_is_a_policy()
    {
        await using ControlService service = await ControlService.StartAsync(app => app.MapDbMove().RequireAuthorization(policy => policy.RequireUserName("olga")));
        await WritesAreAsync(service, "otto:operator", HttpStatusCode.Forbidden);
        await EveryWriteIsLetThroughAsync(service);
    }

    [Fact]
    public async Task Without_the_authorization_middleware_no_write_runs()
    {
        // A pipeline of one's own before which no middleware was added, and that was told not to look for it.
        await using ControlService service = await ControlService.StartAsync(
            app =>
            {
                ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
                app.MapDbMove("/dbmove").RequireAuthorization("operators");
            },
            configure: builder => builder.Services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true));
        foreach (string path in s_writes)
        {
            Assert.Equal("not-allowed", (await service.PostAsync(path, user: null)).Problem(HttpStatusCode.Forbidden));
        }

        Assert.Equal(Stage.Initial, service.Migration.Stage);
    }

    [Fact]
    public async Task Who_switched_is_the_authenticated_user_and_the_log_has_who_what_and_outcome()
    {
        await using ControlService service = await ControlService.StartAsync();
        (await service.PostAsync("src_only", """{ "reason": "hunter2" }""", "olga:operator")).Is(HttpStatusCode.OK);
        await service.PostAsync("dst_first", null, "otto:operator");
        await service.PostAsync("full/start", null, "otto:operator");
        await service.PostAsync("src_first", null, "otto:operator", ("If-Match", "\"7\""));

        Assert.Equal(["olga|hunter2"], service.Files.Rows(Side.Source, "SELECT changed_by, reason FROM dbmove_audit"));
        Assert.Equal(
            [
                "Information 2100 Migration items: olga asked for src_only: switched from initial to src_only, epoch 1",
                "Warning 2101 Migration items: otto asked for dst_first and got 409 no-such-step",
                "Warning 2101 Migration items: otto asked for full/start and got 409 wrong-stage",
                "Warning 2101 Migration items: otto asked for src_first and got 412 epoch-moved",
            ],
            service.Log.Lines);
        Assert.Empty(service.Log.Exceptions);
    }

    private static async Task EveryWriteIsRefusedAsync(ControlService service, string? user)
    {
        foreach (string path in s_writes)
        {
            Answer answer = await service.PostAsync(path, null, user);
            Assert.Equal("no-write-policy", answer.Problem(HttpStatusCode.Forbidden));
            Assert.Contains("RequireAuthorization", answer.Of("detail"), StringComparison.Ordinal);
        }

        Assert.Equal(["item"], service.Files.Rows(Side.Source, "SELECT name FROM sqlite_master WHERE type = 'table'"));
    }

    private static async Task EveryWriteIsLetThroughAsync(ControlService service)
    {
        foreach (string path in s_writes)
        {
            // Some are no step from here; all come as far as the migration.
            Assert.Contains((await service.PostAsync(path)).Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.Conflict]);
        }

        Assert.Equal(Stage.SourceFirst, service.Migration.Stage);
    }

    private static async Task WritesAreAsync(ControlService service, string? user, HttpStatusCode status)
    {
        foreach (string path in s_writes)
        {
            (await service.PostAsync(path, null, user)).Is(status);
        }
    }

    private static async Task ReadsAreAsync(ControlService service, string? user, HttpStatusCode status)
    {
        foreach (string path in s_reads)
        {
            (await service.GetAsync(path, user)).Is(status);
        }
    }
}

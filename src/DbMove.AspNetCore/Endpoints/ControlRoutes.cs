using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DbMove.AspNetCore.Endpoints;

/// <summary>
/// The URLs. With its name a migration's URL is one segment longer than without, and no verb of one segment is the second
/// segment of another: whatever a migration is called, a URL has one meaning.
/// </summary>
internal static class ControlRoutes
{
    private static readonly string[] s_read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] s_write = [HttpMethods.Post];

    public static ControlEndpoints Map(IEndpointRouteBuilder endpoints, string prefix)
    {
        MigrationCatalogue migrations = new(endpoints.ServiceProvider);
        ReadPipeline reading = new(migrations);
        WritePipeline writing = new(migrations, endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>());
        RouteGroupBuilder reads = endpoints.MapGroup(prefix);
        RouteGroupBuilder writes = endpoints.MapGroup(prefix);

        MapBoth(reads, s_read, "health", reading.Of(ReadEndpoints.HealthAsync));
        MapBoth(reads, s_read, "stats", reading.Of(ReadEndpoints.StatsAsync));
        MapBoth(reads, s_read, "status", reading.Of(ReadEndpoints.StatusAsync));

        foreach (Stage stage in (Stage[])[Stage.SourceOnly, Stage.SourceFirst, Stage.TargetFirst, Stage.TargetOnly])
        {
            MapBoth(writes, s_write, stage.ToWireName(), writing.Of(stage.ToWireName(), new SwitchEndpoint(stage).RunAsync));
        }

        MapBoth(writes, s_write, "complete", writing.Of("complete", new SwitchEndpoint(Stage.Completed).RunAsync));
        foreach (WorkVerb verb in WorkVerb.All)
        {
            MapBoth(writes, s_write, verb.Path, writing.Of(verb.Path, new WorkEndpoint(verb).RunAsync));
        }

        return new ControlEndpoints(reads, writes);
    }

    private static void MapBoth(RouteGroupBuilder group, string[] methods, string verb, RequestDelegate run)
    {
        group.MapMethods(verb, methods, run).WithDisplayName("DbMove " + verb);
        group.MapMethods("{migration}/" + verb, methods, run).WithDisplayName("DbMove {migration}/" + verb);
    }
}

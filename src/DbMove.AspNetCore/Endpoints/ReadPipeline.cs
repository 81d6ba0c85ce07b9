using DbMove.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Endpoints;

/// <summary>What every read has in common: which migration, nothing cached, failures as problems.</summary>
internal sealed class ReadPipeline(MigrationCatalogue migrations)
{
    public RequestDelegate Of(Func<HttpContext, Migration, Task> read) => context => RunAsync(context, read);

    private async Task RunAsync(HttpContext context, Func<HttpContext, Migration, Task> read)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await read(context, migrations.Find(context)).ConfigureAwait(false);
        }
        catch (Exception exception) when (Failures.Describe(exception, isConditional: false) is { } problem && !context.Response.HasStarted)
        {
            await problem.WriteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
    }
}

using DbMove.AspNetCore.Problems;
using DbMove.AspNetCore.Security;
using DbMove.AspNetCore.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DbMove.AspNetCore.Endpoints;

/// <summary>What every write has in common: who may, which migration, failures as problems, and a line in the log.</summary>
internal sealed class WritePipeline(MigrationCatalogue migrations, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("DbMove.AspNetCore");

    public RequestDelegate Of(string verb, Func<HttpContext, Migration, string, Task<WriteOutcome>> write) => context => RunAsync(context, verb, write);

    private async Task RunAsync(HttpContext context, string verb, Func<HttpContext, Migration, string, Task<WriteOutcome>> write)
    {
        context.Response.Headers.CacheControl = "no-store";
        string caller = CallerName.Of(context.User);
        string name = "-";
        bool isDone = false;
        bool isConditional = context.Request.Headers.IfMatch.Count > 0 && context.Request.Headers.IfMatch != "*";
        try
        {
            await WritePolicy.RequireAsync(context).ConfigureAwait(false);
            CrossOriginRule.Require(context.Request);
            Migration migration = migrations.Find(context);
            name = migration.Name;
            ReadEndpoints.RequireStarted(migration);
            WriteOutcome outcome = await write(context, migration, caller).ConfigureAwait(false);
            ControlPlaneLog.Done(_logger, name, caller, verb, outcome.Text);
            isDone = true;
            await outcome.AnswerAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (Failures.Describe(exception, isConditional) is { } problem && !context.Response.HasStarted)
        {
            ControlPlaneLog.Refused(_logger, problem.Status < StatusCodes.Status500InternalServerError ? null : exception, name, caller, verb, problem.Status, problem.Name);
            await problem.WriteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (isDone)
            {
                // The log has what was done; only its answer found nobody.
                return;
            }

            ControlPlaneLog.Left(_logger, name, caller, verb);
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
    }
}

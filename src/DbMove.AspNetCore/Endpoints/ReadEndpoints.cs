using DbMove.AspNetCore.Answers;
using DbMove.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Endpoints;

/// <summary>What shows a migration.</summary>
internal static class ReadEndpoints
{
    /// <summary>Healthy and degraded are 200, since service goes on; unhealthy is 503.</summary>
    public static async Task HealthAsync(HttpContext context, Migration migration)
    {
        HealthAnswer answer = migration.IsStarted
            ? HealthAnswer.Of(migration.Name, await migration.CheckHealthAsync(context.RequestAborted).ConfigureAwait(false))
            : HealthAnswer.NotStarted(migration.Name);
        context.Response.StatusCode = answer.Status == "unhealthy" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await JsonAnswer.WriteAsync(context, answer, AnswersJson.Default.HealthAnswer).ConfigureAwait(false);
    }

    /// <summary>Reads memory only: made to be asked often.</summary>
    public static Task StatsAsync(HttpContext context, Migration migration)
    {
        RequireStarted(migration);
        return JsonAnswer.WriteAsync(context, StatsAnswer.Of(migration), AnswersJson.Default.StatsAnswer);
    }

    public static async Task StatusAsync(HttpContext context, Migration migration)
    {
        RequireStarted(migration);
        MigrationStatus status = await migration.GetStatusAsync(context.RequestAborted).ConfigureAwait(false);
        JsonAnswer.SetEpoch(context, status.Epoch);
        await JsonAnswer.WriteAsync(context, StatusAnswer.Of(status, migration.Validation.Progress), AnswersJson.Default.StatusAnswer).ConfigureAwait(false);
    }

    public static void RequireStarted(Migration migration)
    {
        if (!migration.IsStarted)
        {
            throw RefusalException.NotStarted(migration.Name);
        }
    }
}

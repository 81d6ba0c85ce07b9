using DbMove;
using DbMove.Dialects;
using Microsoft.AspNetCore.Diagnostics;
using OrderService.Orders;

namespace OrderService.Problems;

/// <summary>What a caller is told when a write or read could not be done, as problem details. What the database said stays in the log.</summary>
internal sealed partial class ShopProblems(IProblemDetailsService problems, ILogger<ShopProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (Describe(exception) is not { } problem)
        {
            return false;
        }

        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            LogFailed(logger, exception, context.Request.Method, context.Request.Path, problem.Status);
        }
        else
        {
            LogRefused(logger, context.Request.Method, context.Request.Path, problem.Status, exception.Message);
        }

        context.Response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = problem.Status, Detail = problem.Detail } });
    }

    private static (int Status, string Detail)? Describe(Exception exception) => exception switch
    {
        BadHttpRequestException bad => (bad.StatusCode, bad.InnerException?.Message ?? bad.Message),
        OrderCancelledException cancelled => (StatusCodes.Status409Conflict, cancelled.Message),
        WriteFailedException { Kind: FailureKind.UniqueClash } => (StatusCodes.Status409Conflict, "Something with this key is there already."),
        WriteFailedException { Kind: FailureKind.ForeignKey } => (StatusCodes.Status409Conflict, "It refers to something that is not there, or something still refers to it."),
        WriteFailedException { Kind: FailureKind.Data } => (StatusCodes.Status400BadRequest, "A value does not fit the database."),
        WriteFailedException { Kind: FailureKind.Transient } or StageMovedException =>
            (StatusCodes.Status503ServiceUnavailable, "Somebody else was faster. Nothing was written; try again."),
        WriteFailedException { Kind: FailureKind.Availability } or DatabaseUnavailableException or StageUnknownException =>
            (StatusCodes.Status503ServiceUnavailable, "The database is out of reach. Nothing was written; try again."),
        CommitOutcomeUnknownException =>
            (StatusCodes.Status504GatewayTimeout, "The connection was lost in the moment of the commit: it was done, or it was not. Read before you write again."),
        _ => null,
    };

    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} was refused with {Status}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string method, string path, int status, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} failed with {Status}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, string path, int status);
}

using DbMove.AspNetCore.Answers;
using DbMove.AspNetCore.Problems;
using DbMove.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Endpoints;

/// <summary>Starts, stops or pauses background work of this process, and answers with its state.</summary>
internal sealed class WorkEndpoint(WorkVerb verb)
{
    public async Task<WriteOutcome> RunAsync(HttpContext context, Migration migration, string caller)
    {
        bool isDryRun = WriteQuery.ReadDryRun(context.Request);
        long? expected = EpochCondition.Read(context.Request);
        await RequestBody.ReadAsync(context, RequestsJson.Default.WorkRequest).ConfigureAwait(false);
        StageAssignment stage = await migration.ReadStageAsync(context.RequestAborted).ConfigureAwait(false);
        if (expected is { } epoch && epoch != stage.Epoch)
        {
            throw RefusalException.EpochMoved(stage);
        }

        if (verb.Needs is { } fits && !fits(stage.Stage))
        {
            throw RefusalException.WrongStage(verb.Path, stage.Stage, stage.Epoch);
        }

        bool isOver = isDryRun || await TryRunAsync(migration, context.RequestAborted).ConfigureAwait(false);
        StageAssignment now = await migration.ReadStageAsync(context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = (verb.IsLong && !isDryRun) || !isOver ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        JsonAnswer.SetEpoch(context, now.Epoch);
        return new(
            isDryRun ? "dry run" : isOver ? "done" : "not over yet",
            () => JsonAnswer.WriteAsync(context, WorkAnswer.Of(migration, now, isDryRun), AnswersJson.Default.WorkAnswer));
    }

    /// <returns>False: it is not over yet; the caller looks at the state, or asks again.</returns>
    private async Task<bool> TryRunAsync(Migration migration, CancellationToken aborted)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        if (verb.Patience is { } most)
        {
            patience.CancelAfter(most);
        }

        try
        {
            await verb.Run(migration, patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return false;
        }
        catch (StageTransitionException moved)
        {
            throw RefusalException.WrongStage(verb.Path, moved.From, migration.Epoch);
        }
    }
}

using DbMove.AspNetCore.Answers;
using DbMove.AspNetCore.Problems;
using DbMove.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Endpoints;

/// <summary>Switches to one stage.</summary>
internal sealed class SwitchEndpoint(Stage to)
{
    public async Task<WriteOutcome> RunAsync(HttpContext context, Migration migration, string caller)
    {
        bool isDryRun = WriteQuery.ReadDryRun(context.Request);
        long? expected = EpochCondition.Read(context.Request);
        SwitchRequest request = SwitchRequest.Check(
            await RequestBody.ReadAsync(context, RequestsJson.Default.SwitchRequest).ConfigureAwait(false) ?? new SwitchRequest());
        SwitchOptions options = new()
        {
            ExpectedEpoch = expected,
            Reason = request.Reason ?? string.Empty,
            ChangedBy = caller,
            OverrideGate = request.OverrideGate,
            WaitForGate = TimeSpan.FromSeconds(request.WaitForGateSeconds),
            DryRun = isDryRun,
        };
        SwitchAnswer answer = await RunAsync(migration, options, context.RequestAborted).ConfigureAwait(false);
        JsonAnswer.SetEpoch(context, answer.Epoch);
        return new(
            isDryRun ? "dry run" : answer.Changed ? $"switched from {answer.From} to {answer.To}, epoch {answer.Epoch}" : "nothing to do",
            () => JsonAnswer.WriteAsync(context, answer, AnswersJson.Default.SwitchAnswer));
    }

    private async Task<SwitchAnswer> RunAsync(Migration migration, SwitchOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return SwitchAnswer.Of(migration.Name, await migration.SwitchAsync(to, options, cancellationToken).ConfigureAwait(false), options.DryRun);
        }
        catch (EpochMovedException moved) when (moved.From == to && options.ExpectedEpoch is null)
        {
            // Another caller made the same switch a moment earlier: as if this one had come after it.
            return SwitchAnswer.Of(migration.Name, new SwitchResult(to, to, moved.Epoch, Changed: false, TimeSpan.Zero, new GateReport(to, to, [])), options.DryRun);
        }
        catch (StageTransitionException none) when (none is not EpochMovedException)
        {
            throw RefusalException.NoSuchStep(none, migration.Epoch);
        }
    }
}

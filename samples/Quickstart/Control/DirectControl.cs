using DbMove;

namespace Quickstart.Control;

/// <summary>Calls in this process.</summary>
internal sealed class DirectControl(Migration migration) : IControl
{
    public async Task<Standing> ReadAsync(CancellationToken cancellationToken)
    {
        MigrationStatus status = await migration.GetStatusAsync(cancellationToken);
        return new(status.Stage, status.Epoch, status.Intents?.Open, status.Events?.Open);
    }

    public Task<WorkState> ReadWorkAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new WorkState(migration.Backfill.Progress.State is BackfillState.Running or BackfillState.Paused, migration.Validation.Progress.IsRunning));

    public async Task<string> CheckGateAsync(Stage to, CancellationToken cancellationToken)
    {
        GateReport gate = await migration.CheckGateAsync(to, cancellationToken);
        return string.Join(", ", gate.Conditions.Where(condition => !condition.IsMet).Select(condition => $"{condition.Name} ({condition.Detail})"));
    }

    public async Task<SwitchOutcome> SwitchAsync(Stage to, long expectedEpoch, CancellationToken cancellationToken)
    {
        try
        {
            SwitchResult result = await migration.SwitchAsync(to, new SwitchOptions { Reason = "quickstart", ExpectedEpoch = expectedEpoch }, cancellationToken);
            return new(result.Epoch, result.WritePause);
        }
        catch (Exception exception) when (exception is GateClosedException or SwitchAbandonedException)
        {
            return SwitchOutcome.Refused(exception.Message);
        }
    }

    public Task StartBackfillAsync(CancellationToken cancellationToken) => migration.Backfill.StartAsync(cancellationToken);

    public Task StartFullValidationAsync(CancellationToken cancellationToken) => migration.Validation.StartFullAsync(cancellationToken);

    public Task StartIncrementalValidationAsync(CancellationToken cancellationToken) => migration.Validation.StartIncrementalAsync(cancellationToken);

    public Task StopIncrementalValidationAsync(CancellationToken cancellationToken) => migration.Validation.StopIncrementalAsync(cancellationToken);
}

using DbMove;

namespace Quickstart.Control;

/// <summary>How the journey drives the migration: by calls in this process, or by HTTP.</summary>
internal interface IControl
{
    /// <summary>Where the migration stands; null in a figure: nobody can tell just now.</summary>
    Task<Standing> ReadAsync(CancellationToken cancellationToken);

    /// <summary>What this process works on. Cheap.</summary>
    Task<WorkState> ReadWorkAsync(CancellationToken cancellationToken);

    /// <summary>The unmet conditions of a switch, in words; empty: the gate is open.</summary>
    Task<string> CheckGateAsync(Stage to, CancellationToken cancellationToken);

    /// <summary>Switches, unless the gate has closed or the switch is given up.</summary>
    Task<SwitchOutcome> SwitchAsync(Stage to, long expectedEpoch, CancellationToken cancellationToken);

    Task StartBackfillAsync(CancellationToken cancellationToken);

    Task StartFullValidationAsync(CancellationToken cancellationToken);

    Task StartIncrementalValidationAsync(CancellationToken cancellationToken);

    Task StopIncrementalValidationAsync(CancellationToken cancellationToken);
}

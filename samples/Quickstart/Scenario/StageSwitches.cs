using System.Diagnostics;
using DbMove;
using Quickstart.Control;
using Quickstart.Traffic;

namespace Quickstart.Scenario;

/// <summary>Switches of the stage: waits until the gate is open, and never overrides it.</summary>
internal sealed class StageSwitches(IControl control, TrafficCounters counters, StepLog log)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Goes one stage on or back.</summary>
    /// <returns>The result in words.</returns>
    public async Task<string> GoAsync(Stage to, CancellationToken cancellationToken)
    {
        Standing standing = await control.ReadAsync(cancellationToken);
        if (standing.Stage == to)
        {
            return "was there already";
        }

        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            log.WaitingFor = await control.CheckGateAsync(to, cancellationToken);
            if (log.WaitingFor.Length == 0)
            {
                SwitchOutcome outcome = await SwitchAsync(to, standing.Epoch, cancellationToken);
                if (outcome.Refusal is null)
                {
                    return FormattableString.Invariant($"epoch {outcome.Epoch}, writes paused {outcome.WritePause.TotalMilliseconds:0.0} ms");
                }

                // The gate had closed again, or the switch gave up; the stage is what it was.
                log.WaitingFor = outcome.Refusal;
            }

            if (Stopwatch.GetElapsedTime(began) > s_patience)
            {
                throw new WrongResultException($"The switch to {to.ToWireName()} was not possible for {s_patience.TotalSeconds:0} s. {log.WaitingFor}");
            }

            await Task.Delay(s_poll, cancellationToken);
        }
    }

    private async Task<SwitchOutcome> SwitchAsync(Stage to, long epoch, CancellationToken cancellationToken)
    {
        counters.BeginSwitch();
        try
        {
            return await control.SwitchAsync(to, epoch, cancellationToken);
        }
        finally
        {
            counters.EndSwitch();
        }
    }
}

using System.Diagnostics;
using DbMove;
using Quickstart.Traffic;

namespace Quickstart.Scenario;

/// <summary>Switches of the stage: waits until the gate is open, and never overrides it.</summary>
internal sealed class StageSwitches(Migration migration, TrafficCounters counters, StepLog log)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Goes one stage on or back.</summary>
    /// <returns>The result in words.</returns>
    public async Task<string> GoAsync(Stage to, CancellationToken cancellationToken)
    {
        if (migration.Stage == to)
        {
            return "was there already";
        }

        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            GateReport gate = await migration.CheckGateAsync(to, cancellationToken);
            log.WaitingFor = string.Join(", ", gate.Conditions.Where(condition => !condition.IsMet).Select(condition => $"{condition.Name} ({condition.Detail})"));
            if (gate.IsOpen && await TrySwitchAsync(to, cancellationToken) is { } result)
            {
                return $"epoch {result.Epoch}, writes paused {result.WritePause.TotalMilliseconds:0.0} ms";
            }

            if (Stopwatch.GetElapsedTime(began) > s_patience)
            {
                throw new WrongResultException($"The switch to {to.ToWireName()} was not possible for {s_patience.TotalSeconds:0} s. {log.WaitingFor}");
            }

            await Task.Delay(s_poll, cancellationToken);
        }
    }

    /// <summary>Null: the gate had closed again, or the switch gave up; the stage is what it was.</summary>
    private async Task<SwitchResult?> TrySwitchAsync(Stage to, CancellationToken cancellationToken)
    {
        counters.BeginSwitch();
        try
        {
            return await migration.SwitchAsync(to, new SwitchOptions { Reason = "quickstart", ExpectedEpoch = migration.Epoch }, cancellationToken);
        }
        catch (Exception exception) when (exception is GateClosedException or SwitchAbandonedException)
        {
            log.WaitingFor = exception.Message;
            return null;
        }
        finally
        {
            counters.EndSwitch();
        }
    }
}

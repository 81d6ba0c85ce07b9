using DbMove.Scheduling;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>What the product does by itself, or is asked to do, once nothing goes wrong any more.</summary>
internal static class Healing
{
    private static readonly SwitchOptions s_patient = new() { WaitForGate = TimeSpan.FromMinutes(1) };

    /// <summary>Starts, and repairs until no intent is open.</summary>
    public static async Task SettleAsync(Process process)
    {
        await process.StartAsync();
        for (int round = 0; round < 50 && Open(process) > 0; round++)
        {
            try
            {
                if (await process.Migration.IntentRepair.RunOnceAsync(TimeSpan.Zero, default) > 0)
                {
                    continue;
                }
            }
            catch (Exception exception) when (process.Context.IsPassing(exception))
            {
                // As the loop of the background work does: later again.
            }

            await Task.Delay(TimeSpan.FromMinutes(1), process.Time);
        }
    }

    /// <summary>Validates and repairs until a full pass is clean; there may be rows left of deletes that raced with the backfill.</summary>
    public static async Task ValidateAsync(Process process)
    {
        await process.StartAsync();
        for (int round = 0; round < 5; round++)
        {
            await process.Migration.Validation.StartFullAsync();
            ValidationReport report = await process.Migration.Validation.WaitFullAsync();
            if (report.IsClean)
            {
                return;
            }

            for (int events = 0; events < 10 && await process.Migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default); events++)
            {
            }

            await process.Migration.Validation.VerifyPendingAsync();
        }

        process.World.Violate("a full validation never came to be clean");
    }

    /// <summary>Moves the authority through the gate, which must be open.</summary>
    public static async Task MoveAsync(Process process, Stage to)
    {
        await process.StartAsync();
        await process.Migration.Validation.VerifyPendingAsync();
        await process.Migration.SwitchAsync(to, s_patient);
    }

    /// <summary>Asks for the target as the authority while keys that were repaired have not been looked at: the gate must be closed.</summary>
    public static async Task MoveTooEarlyAsync(Process process)
    {
        await process.StartAsync();
        try
        {
            await process.Migration.SwitchAsync(Stage.TargetFirst);
        }
        catch (GateClosedException)
        {
            return;
        }

        process.World.Violate("the gate was open, and what was repaired since the validation has not been verified");
    }

    /// <summary>One step to a stage, unless it is reached.</summary>
    public static async Task StepAsync(Process process, Stage to)
    {
        await process.StartAsync();
        if ((await process.Context.Stage.RefreshAsync(bothSides: true, default)).Stage != to)
        {
            await process.Migration.SwitchAsync(to, s_patient);
        }
    }

    /// <summary>On to dual writing, from wherever things went wrong.</summary>
    public static async Task WriteBothAsync(Process process, Stage to)
    {
        await process.StartAsync();
        if ((await process.Context.Stage.RefreshAsync(bothSides: true, default)).Stage == Stage.Initial)
        {
            await StepAsync(process, Stage.SourceOnly);
        }

        await StepAsync(process, to);
    }

    private static int Open(Process process) =>
        process.World.Control.Authority is { } side ? process.World.Servers[(int)side].Tables["dbmove_intent"].Committed().Count() : 0;
}

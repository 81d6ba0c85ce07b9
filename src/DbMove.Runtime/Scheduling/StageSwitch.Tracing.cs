using System.Diagnostics;
using DbMove.Telemetry;

namespace DbMove.Scheduling;

/// <content>A switch as an activity.</content>
internal sealed partial class StageSwitch
{
    public async Task<SwitchResult> RunAsync(Stage to, SwitchOptions options, CancellationToken cancellationToken)
    {
        using Activity? activity = _context.Tracing.Start("dbmove.switch");
        activity.SetWord("dbmove.switch.to", Enum.IsDefined(to) ? to.ToWireName() : "unknown");
        activity.SetStage(_context.Stage.Last);
        try
        {
            SwitchResult result = await SwitchAsync(to, options, cancellationToken).ConfigureAwait(false);
            activity?.SetTag("dbmove.stage", result.From.ToWireName()).SetTag("dbmove.epoch", result.Epoch)
                .SetTag("dbmove.switch.changed", result.Changed).SetTag("dbmove.switch.pause", result.WritePause.TotalSeconds);
            return result;
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }
}

using System.Globalization;
using DbMove.Control;
using DbMove.Dialects;

namespace DbMove.Scheduling;

/// <summary>A stage is not left forward before every instance has had time to see it.</summary>
internal sealed class TimeInStageCondition(MigrationContext context) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        if (to < stage.Stage || !stage.Stage.IsFenced())
        {
            return [];
        }

        TimeSpan least = context.Options.Gate.MinimumTimeInStage ?? 2 * context.Options.PollInterval;
        SideSession session = await context.Database(stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            ControlRow? row = await context.Control[(int)stage.Authority].ReadAsync(session, cancellationToken).ConfigureAwait(false);
            TimeSpan age = TimeSpan.FromMilliseconds(row?.Age ?? 0);
            return [new("minimum_time_in_stage", age >= least, string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0.0} s of {least.TotalSeconds:0.0} s"))];
        }
    }
}

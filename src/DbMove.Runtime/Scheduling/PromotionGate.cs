using System.Globalization;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Pool;

namespace DbMove.Scheduling;

/// <summary>The named conditions that a switch needs (DESIGN §3.8).</summary>
internal sealed class PromotionGate(MigrationContext context, IReadOnlyList<IGateCondition> moves)
{
    /// <summary>Every condition that this step needs, met or not.</summary>
    public async Task<GateReport> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        List<GateCondition> conditions = [new("schema_check", true, "passed when this process started")];
        bool forward = to > stage.Stage;
        if (forward && stage.Stage.IsFenced())
        {
            conditions.Add(await TimeInStageAsync(stage, cancellationToken).ConfigureAwait(false));
        }

        if (StageTransitions.MovesAuthority(stage.Stage, to))
        {
            conditions.AddRange(await IntentsAsync(stage, cancellationToken).ConfigureAwait(false));
            foreach (IGateCondition condition in moves)
            {
                if (await condition.CheckAsync(stage, to, cancellationToken).ConfigureAwait(false) is { } answer)
                {
                    conditions.Add(answer);
                }
            }
        }

        return new(stage.Stage, to, conditions);
    }

    private async Task<GateCondition> TimeInStageAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        TimeSpan least = context.Options.Gate.MinimumTimeInStage ?? 2 * context.Options.PollInterval;
        SideSession session = await context.Database(stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            ControlRow? row = await context.Control[(int)stage.Authority].ReadAsync(session, cancellationToken).ConfigureAwait(false);
            TimeSpan age = TimeSpan.FromMilliseconds(row?.Age ?? 0);
            return new("minimum_time_in_stage", age >= least, string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0.0} s of {least.TotalSeconds:0.0} s"));
        }
    }

    private async Task<IReadOnlyList<GateCondition>> IntentsAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        SideSession session = await context.Database(stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            IntentSummary intents = await context.Intents[(int)stage.Authority].SummarizeAsync(session, cancellationToken).ConfigureAwait(false);
            return
            [
                new("no_parked_intents", intents.Parked == 0, $"{intents.Parked} parked"),
                new(
                    "intent_age",
                    intents.Open == 0 || intents.OldestAge <= context.Options.Gate.MaximumIntentAge,
                    string.Create(CultureInfo.InvariantCulture, $"{intents.Open} open, the oldest {intents.OldestAge.TotalSeconds:0.0} s of at most {context.Options.Gate.MaximumIntentAge.TotalSeconds:0.0} s")),
            ];
        }
    }
}

using System.Globalization;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Pool;

/// <summary>The intents' part in the gate: none is parked, none is old.</summary>
internal sealed class IntentCondition(MigrationContext context) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        IntentSummary intents = await SummarizeAsync(stage, cancellationToken).ConfigureAwait(false);
        TimeSpan most = context.Options.Gate.MaximumIntentAge;
        return
        [
            new("no_parked_intents", intents.Parked == 0, $"{intents.Parked} parked"),
            new(
                "intent_age",
                intents.Open == 0 || intents.OldestAge <= most,
                string.Create(CultureInfo.InvariantCulture, $"{intents.Open} open, the oldest {intents.OldestAge.TotalSeconds:0.0} s of at most {most.TotalSeconds:0.0} s")),
        ];
    }

    /// <summary>The open intents on the authority.</summary>
    public async Task<IntentSummary> SummarizeAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        SideSession session = await context.Database(stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return await context.Intents[(int)stage.Authority].SummarizeAsync(session, cancellationToken).ConfigureAwait(false);
        }
    }
}

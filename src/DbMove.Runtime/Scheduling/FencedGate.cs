using DbMove.Control;
using DbMove.Dialects;
using DbMove.Events;
using DbMove.Pool;
using DbMove.Reads;
using DbMove.Validation;

namespace DbMove.Scheduling;

/// <summary>
/// The gate again, under the fences: what can have changed since it was checked, asked on the switch's own two sessions,
/// because every other connection may be held by a writer that waits for the switch.
/// </summary>
internal sealed class FencedGate(MigrationContext context, EventCondition events, ShadowCondition shadow)
{
    private readonly PassStore _passes = new(context.Database(Side.Target).Syntax, context.Names);

    /// <exception cref="GateClosedException">It has closed since, and is not overridden.</exception>
    public async Task<GateReport> CheckAsync(
        GateReport before, StageSnapshot stage, SideSession authority, SideSession follower, SwitchOptions options, CancellationToken cancellationToken)
    {
        GateReport again = await ReadAsync(before, stage, authority, follower, cancellationToken).ConfigureAwait(false);
        return await RequireAsync(again, stage, authority, stage.Authority == Side.Target ? authority : follower, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the caller's own condition, and refuses a gate that is not open.</summary>
    /// <exception cref="GateClosedException">It is closed, and not overridden.</exception>
    public static async Task<GateReport> RequireAsync(
        GateReport gate, StageSnapshot stage, SideSession authority, SideSession target, SwitchOptions options, CancellationToken cancellationToken)
    {
        GateReport whole = options.LastCondition is { } last
            ? gate with { Conditions = [.. gate.Conditions, await last(stage, authority, target, cancellationToken).ConfigureAwait(false)] }
            : gate;
        return whole.IsOpen || options.OverrideGate ? whole : throw new GateClosedException(whole);
    }

    private async Task<GateReport> ReadAsync(GateReport before, StageSnapshot stage, SideSession authority, SideSession follower, CancellationToken cancellationToken)
    {
        (SideSession source, SideSession target) = stage.Authority == Side.Source ? (authority, follower) : (follower, authority);
        IntentSummary intents = await context.Intents[(int)stage.Authority].SummarizeAsync(authority, cancellationToken).ConfigureAwait(false);
        ValidationPass? last = await _passes.ReadLastAsync(target, cancellationToken).ConfigureAwait(false);
        long repairs = await CountRepairsAsync(source, cancellationToken).ConfigureAwait(false) + await CountRepairsAsync(target, cancellationToken).ConfigureAwait(false);
        GateCondition[] whole =
        [
            DirtyRanges.Describe(await context.Dirty.ReadAsync(source, target, cancellationToken).ConfigureAwait(false)),
            await events.CheckFencedAsync(target, cancellationToken).ConfigureAwait(false),
            await shadow.CheckFencedAsync(stage, before.To, authority, cancellationToken).ConfigureAwait(false),
        ];
        return before with
        {
            Conditions =
            [
                .. before.Conditions.Select(condition => condition.Name switch
                {
                    "no_parked_intents" => condition with { IsMet = intents.Parked == 0, Detail = $"{intents.Parked} parked" },
                    "repairs_verified" => condition with { IsMet = repairs == 0, Detail = $"{repairs} repaired keys wait for verification" },
                    "full_validation_clean" when last is not { State: ValidationState.Clean } || last.Epoch != stage.Epoch =>
                        condition with { IsMet = false, Detail = "another full validation has begun or ended since the gate was checked" },
                    _ => whole.FirstOrDefault(asked => asked.Name == condition.Name) ?? condition,
                }),
            ],
        };
    }

    private Task<long> CountRepairsAsync(SideSession session, CancellationToken cancellationToken) =>
        new CheckStore(session.Database.Syntax, context.Names).CountAsync(session, "repair", cancellationToken);
}

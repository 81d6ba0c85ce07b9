using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Events;

/// <summary>The channel's part in the gate: no event is waiting, delivered or dead.</summary>
internal sealed class EventCondition(IEventChannel channel) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken) =>
        [await AnswerAsync(() => channel.CountOpenAsync(cancellationToken)).ConfigureAwait(false)];

    /// <summary>
    /// The same behind the fences. Rows on the target are counted on the switch's own session, because every other one may be
    /// held by a writer that waits for the switch; another channel answers within the switch's time.
    /// </summary>
    public Task<GateCondition> CheckFencedAsync(SideSession target, CancellationToken cancellationToken) =>
        AnswerAsync(() => channel is TableEventChannel table ? CountAsync(table, target, cancellationToken) : channel.CountOpenAsync(cancellationToken).WaitAsync(cancellationToken));

    private static async Task<long> CountAsync(TableEventChannel table, SideSession target, CancellationToken cancellationToken) =>
        (await table.Store.CountAsync(target, cancellationToken).ConfigureAwait(false)).Open;

    private static async Task<GateCondition> AnswerAsync(Func<Task<long>> count)
    {
        try
        {
            long open = await count().ConfigureAwait(false);
            return new("no_open_events", open == 0, $"{open} open");
        }
        catch (EventChannelException)
        {
            return new("no_open_events", false, "the event channel does not answer; health and the log say why");
        }
    }
}

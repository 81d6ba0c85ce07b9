using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Pool;

/// <summary>
/// Asks a follower whose breaker is open, in a transaction that is rolled back. It does what the last write without an answer
/// wanted to do: a locked table, a full disk or a standby answers a mere <c>SELECT</c> and would take the next write all its time.
/// </summary>
internal sealed class FollowerProbe(MigrationContext context, FollowerWriter writer)
{
    /// <summary>Null: it answered; else why not.</summary>
    public async Task<Exception?> RunAsync(FollowerBreaker breaker, CancellationToken cancellationToken)
    {
        SideDatabase database = context.Database(breaker.Side);
        using Deadline deadline = new(context.Options.FollowerTimeout, context.Time, cancellationToken);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Write, deadline.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await writer.WriteAsync(session, WhatToWrite(breaker), deadline.Token).ConfigureAwait(false);
                await session.QueryAsync($"SELECT {database.Syntax.NowMilliseconds}", default, static row => row.GetInt64(0), deadline.Token).ConfigureAwait(false);
            }

            return null;
        }
        catch (OperationCanceledException exception) when (deadline.Explains(exception))
        {
            return new TimeoutException($"{database.DisplayName} did not answer a probe within {context.Options.FollowerTimeout.TotalSeconds:0.###} s (FollowerTimeout).", exception);
        }
        catch (Exception exception) when (database.Classify(exception) is { } kind)
        {
            return kind == FailureKind.Availability ? exception : null;
        }
    }

    /// <summary>Nothing once the side is no follower any more: nothing of it may wait for what only a follower is for.</summary>
    private EntityChanges[] WhatToWrite(FollowerBreaker breaker) =>
        context.Stage.Last is { } stage && stage.Stage.IsDual() && stage.Follower == breaker.Side ? breaker.Unanswered ?? [] : [];
}

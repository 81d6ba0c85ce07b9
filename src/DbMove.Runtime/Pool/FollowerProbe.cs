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
        using CancellationTokenSource limit = new(context.Options.FollowerTimeout, context.Time);
        using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Write, bounded.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await writer.WriteAsync(session, WhatToWrite(breaker), bounded.Token).ConfigureAwait(false);
                await session.QueryAsync($"SELECT {database.Syntax.NowMilliseconds}", default, static row => row.GetInt64(0), bounded.Token).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception exception) when (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
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

using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Repair;

/// <summary>
/// A transaction on each side, behind both fences, under a stage that the authority's row confirms. The follower is reached
/// before anything on the authority is locked, and everything that waits for it is bounded: a follower that is away never
/// holds up the authority's writers.
/// </summary>
internal sealed class BothFences(MigrationContext context)
{
    /// <summary>Runs work with a session on the authority and one on the follower, and rolls back what it has not committed.</summary>
    /// <returns>Null: the stage has moved, and nothing was done.</returns>
    /// <exception cref="DatabaseUnavailableException">The follower did not answer in time.</exception>
    public async Task<T?> RunAsync<T>(StageSnapshot stage, Func<SideSession, SideSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        where T : class
    {
        SideDatabase database = context.Database(stage.Follower);
        using Deadline deadline = new(context.Options.FollowerTimeout, context.Time, cancellationToken);
        try
        {
            SideSession follower = await database.OpenAsync(SessionUse.Write, deadline.Token).ConfigureAwait(false);
            await using (follower.ConfigureAwait(false))
            {
                await follower.QueryAsync($"SELECT {database.Syntax.NowMilliseconds}", default, static row => row.GetInt64(0), deadline.Token).ConfigureAwait(false);

                // Waiting for the authority's fence is the authority's time, not the follower's.
                deadline.Restart(Timeout.InfiniteTimeSpan);
                SideSession authority = await context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
                await using (authority.ConfigureAwait(false))
                {
                    await authority.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
                    ControlRow? row = await context.Control[(int)stage.Authority].ReadAsync(authority, cancellationToken).ConfigureAwait(false);
                    if (row is null || !stage.Matches(row))
                    {
                        return null;
                    }

                    deadline.Restart(context.Options.FollowerTimeout);
                    await follower.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, LockTimeout = context.Options.FollowerTimeout }, deadline.Token).ConfigureAwait(false);
                    return await work(authority, follower, deadline.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException exception) when (deadline.Explains(exception))
        {
            throw new DatabaseUnavailableException(
                stage.Follower, $"The follower ({stage.Follower.ToWireName()}, {database.DisplayName}) did not answer a repair within {context.Options.FollowerTimeout.TotalSeconds:0.###} s.", exception);
        }
    }
}

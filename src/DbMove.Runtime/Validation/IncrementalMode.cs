using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>Whether the keys of writes are kept for verification: a flag in both control rows.</summary>
internal sealed class IncrementalMode(MigrationContext context)
{
    /// <summary>
    /// Under both fences at once, the authority's first, as a switch takes them: a switch copies the flag that it read to
    /// the other side, so between two rows written one by one it would copy the older one over the newer.
    /// </summary>
    public async Task SetAsync(bool on, CancellationToken cancellationToken)
    {
        StageSnapshot stage = await context.Stage.RefreshAsync(bothSides: true, cancellationToken).ConfigureAwait(false);
        if (!stage.Stage.IsFenced())
        {
            // Before the first switch and after the last one there are no intents to keep, and perhaps no control tables.
            return;
        }

        TransactionStart start = new() { Fence = FenceMode.Shared, LockTimeout = context.Options.LockTimeout };
        SideSession authority = await context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (authority.ConfigureAwait(false))
        {
            await authority.BeginAsync(start, cancellationToken).ConfigureAwait(false);
            await context.Control[(int)stage.Authority].SetIncrementalAsync(authority, on, cancellationToken).ConfigureAwait(false);
            SideSession follower = await context.Database(stage.Authority.Other()).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (follower.ConfigureAwait(false))
            {
                await follower.BeginAsync(start, cancellationToken).ConfigureAwait(false);
                await context.Control[(int)follower.Database.Side].SetIncrementalAsync(follower, on, cancellationToken).ConfigureAwait(false);

                // Both or, should this process die between them, the authority's, which is the one that counts.
                await authority.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                await follower.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}

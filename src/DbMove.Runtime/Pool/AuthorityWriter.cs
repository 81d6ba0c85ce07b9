using System.Data;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Pool;

/// <summary>The authority's part of a write: begin with the fence, the last look at what was written, the commit (DESIGN §3.3).</summary>
/// <param name="context">The migration.</param>
/// <param name="repairSignal">Tells the repair that an intent may have been left behind.</param>
internal sealed class AuthorityWriter(MigrationContext context, Action repairSignal)
{
    /// <summary>Opens the authority and begins; the fence is the transaction's first statement.</summary>
    public async Task<SideSession> OpenAsync(StageSnapshot stage, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        SideDatabase database = context.Database(stage.Authority);
        SideSession? session = null;
        try
        {
            session = await database.OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await session.BeginAsync(
                new TransactionStart
                {
                    Fence = stage.Stage.IsFenced() ? FenceMode.Shared : FenceMode.None,
                    Isolation = isolation,
                    LockTimeout = context.Options.LockTimeout,
                    IdleTimeout = context.Options.LockTimeout + context.Options.FollowerTimeout + TimeSpan.FromSeconds(30),
                },
                cancellationToken).ConfigureAwait(false);
            SideSession begun = session;
            session = null;
            return begun;
        }
        catch (Exception exception) when (database.Classify(exception) is { } kind)
        {
            throw kind == FailureKind.Availability
                ? new DatabaseUnavailableException(
                    stage.Authority, $"The {stage.Authority.ToWireName()} ({database.DisplayName}), which is the authority, cannot be written: {exception.Message}", exception)
                : new WriteFailedException(stage.Authority, string.Empty, kind, exception);
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes the images final: what was written more than once is read again, under the authority's own locks.</summary>
    public static async Task FinalizeAsync(SideSession authority, StageSnapshot stage, EntityChanges[] changes, CancellationToken cancellationToken)
    {
        try
        {
            foreach (EntityChanges change in changes)
            {
                await change.FinalizeAsync(authority, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (authority.Database.Classify(exception) is { } kind)
        {
            throw new WriteFailedException(stage.Authority, string.Empty, kind, exception);
        }
    }

    /// <summary>
    /// Before the first switch there is no fence, only a stage that was read less than a poll interval ago, and the gate
    /// keeps the next stage for two. A transaction that lasted longer takes the fence now, before its commit, and commits
    /// only if the source still is all that is written.
    /// </summary>
    public async Task FenceLateAsync(SideSession authority, StageSnapshot stage, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        if (stage.Stage != Stage.Initial || context.Stage.IsKnown(stage))
        {
            return;
        }

        Stage now;
        try
        {
            now = isolation == IsolationLevel.ReadCommitted
                ? await ReadFencedAsync(authority, cancellationToken).ConfigureAwait(false)
                : await ReadBesideAsync(authority, stage, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (authority.Database.Classify(exception) is { } kind)
        {
            throw new WriteFailedException(stage.Authority, string.Empty, kind, exception);
        }

        if (now is not (Stage.Initial or Stage.SourceOnly))
        {
            throw new StageMovedException(stage.Stage, now);
        }
    }

    /// <summary>Step 3. The caller's token is not asked any more.</summary>
    public async Task CommitAsync(SideSession authority, StageSnapshot stage)
    {
        try
        {
            await authority.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            FailureKind kind = authority.Database.ClassifyCommit(exception);
            if (kind != FailureKind.UnknownOutcome)
            {
                throw new WriteFailedException(stage.Authority, string.Empty, kind, exception);
            }

            context.Metrics.UnknownOutcome();
            PoolLog.OutcomeUnknown(context.Logger, exception, context.Name, stage.Authority.ToWireName());
            repairSignal();
            throw new CommitOutcomeUnknownException(stage.Authority, exception);
        }
    }

    /// <summary>
    /// Each statement of the transaction sees what is committed, so it reads the row itself: a second connection would be asked
    /// of the pool while this one is held, and as many writers as the pool has would wait for each other.
    /// </summary>
    private async Task<Stage> ReadFencedAsync(SideSession authority, CancellationToken cancellationToken)
    {
        ControlStore control = context.Control[(int)Side.Source];
        if (await control.ReadAsync(authority, cancellationToken).ConfigureAwait(false) is null)
        {
            // The first switch has not come, and there may be no fence to take yet. This is as fresh as a stage can be.
            return Stage.Initial;
        }

        await authority.TakeFenceAsync(cancellationToken).ConfigureAwait(false);
        return (await control.ReadAsync(authority, cancellationToken).ConfigureAwait(false))?.Stage ?? Stage.Initial;
    }

    /// <summary>The transaction has a snapshot that may be older than the switch, so another session reads; it is waited for no longer than a follower.</summary>
    private async Task<Stage> ReadBesideAsync(SideSession authority, StageSnapshot stage, CancellationToken cancellationToken)
    {
        StageSnapshot now = await context.Stage.GetForWriteAsync(cancellationToken).ConfigureAwait(false);
        if (now.IsSameAssignment(stage))
        {
            return now.Stage;
        }

        await authority.TakeFenceAsync(cancellationToken).ConfigureAwait(false);
        return (await context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false)).Stage;
    }
}

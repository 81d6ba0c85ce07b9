using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Backfill;

/// <summary>
/// Writes a chunk and advances its range in one transaction on the target (DESIGN §3.5). Rows that the target refuses get
/// an intent on the source before the range passes them, so that the repair places them and the gate waits for it.
/// </summary>
internal sealed class ChunkWriter(MigrationContext context, ProgressStore store, string entity)
{
    /// <summary>Writes a chunk. Null: the claim is lost or the stage moved, and nothing of it counts.</summary>
    public async Task<BackfillAdvance?> WriteAsync(BackfillClaim claim, StageSnapshot stage, BackfillPage page, string? reached, bool isLast, CancellationToken cancellationToken)
    {
        BackfillAdvance advance = new(page.Count == 0 ? reached : page.KeyAt(page.Count - 1), isLast, page.Count, 0, 0);
        try
        {
            return await TryAsync(claim, page, 0, page.Count, advance, cancellationToken).ConfigureAwait(false) is { } inserted
                ? advance with { Inserted = inserted }
                : null;
        }
        catch (Exception exception) when (page.Count > 0 && context.IsData(exception))
        {
            List<int> refused = [];
            if (await WritePiecesAsync(claim, page, 0, page.Count, refused, cancellationToken).ConfigureAwait(false) is not { } placed)
            {
                return null;
            }

            if (refused.Count > 0 && !await DeferAsync(stage, refused.Select(page.KeyAt), cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            BackfillLog.Deferred(context.Logger, context.Name, refused.Count, entity, exception.Message);
            advance = advance with { Inserted = placed, Deferred = refused.Count };
            return await TryAsync(claim, page, 0, 0, advance, cancellationToken).ConfigureAwait(false) is null ? null : advance;
        }
    }

    /// <summary>Halves what fails until single rows remain, so that one bad row costs a few transactions and not one per row.</summary>
    private async Task<int?> WritePiecesAsync(BackfillClaim claim, BackfillPage page, int from, int count, List<int> refused, CancellationToken cancellationToken)
    {
        if (count < page.Count || count == 1)
        {
            try
            {
                return await TryAsync(claim, page, from, count, null, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (context.IsData(exception))
            {
                if (count == 1)
                {
                    refused.Add(from);
                    return 0;
                }
            }
        }

        int half = count / 2;
        int? first = await WritePiecesAsync(claim, page, from, half, refused, cancellationToken).ConfigureAwait(false);
        return first is null
            ? null
            : first + await WritePiecesAsync(claim, page, from + half, count - half, refused, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One transaction on the target. Null: rolled back, because the claim is lost or the target's control row changed.</summary>
    private async Task<int?> TryAsync(BackfillClaim claim, BackfillPage page, int from, int count, BackfillAdvance? advance, CancellationToken cancellationToken)
    {
        TimeSpan lease = context.Options.Backfill.ClaimLease;
        SideSession session = await context.Database(Side.Target).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
            await context.Probes.ReachAsync(ProbePoint.BackfillBeforeWrite, cancellationToken).ConfigureAwait(false);
            int inserted = count == 0 ? 0 : await page.InsertAsync(session, from, count, cancellationToken).ConfigureAwait(false);

            // The fence is held since before the rows were written, so what this reads of the control row cannot change.
            bool held = advance is { } step
                ? await store.AdvanceAsync(session, entity, claim, count == 0 ? step : step with { Inserted = inserted }, lease, cancellationToken).ConfigureAwait(false)
                : await store.HoldAsync(session, entity, claim, lease, cancellationToken).ConfigureAwait(false);
            if (!held)
            {
                await session.RollbackAsync().ConfigureAwait(false);
                return null;
            }

            await context.Probes.ReachAsync(ProbePoint.BackfillBeforeCommit, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            await context.Probes.ReachAsync(ProbePoint.BackfillCommitted, cancellationToken).ConfigureAwait(false);
            return inserted;
        }
    }

    private async Task<bool> DeferAsync(StageSnapshot stage, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        SideSession session = await context.Database(Side.Source).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
            ControlRow? row = await context.Control[(int)Side.Source].ReadAsync(session, cancellationToken).ConfigureAwait(false);
            if (row is null || row.Stage != Stage.SourceFirst || row.DualSince != stage.DualSince)
            {
                return false;
            }

            foreach (string key in keys)
            {
                await context.Intents[(int)Side.Source].AddAsync(session, entity, key, "backfill", row.Epoch, cancellationToken).ConfigureAwait(false);
            }

            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            await context.Probes.ReachAsync(ProbePoint.BackfillDeferred, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }
}

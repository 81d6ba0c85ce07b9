using System.Diagnostics;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Backfill;

/// <summary>Copies ranges of one entity, one after the other, until none is left.</summary>
internal sealed class BackfillWorker
{
    private readonly MigrationContext _context;
    private readonly EntityBackfill _entity;
    private readonly BackfillPlanner _planner;
    private readonly BackfillTracker _tracker;
    private readonly RowPacer _pacer;
    private readonly PauseGate _gate;
    private readonly StageSnapshot _stage;
    private readonly BackfillClaims _claims;
    private readonly ChunkWriter _writer;
    private readonly ChunkSize _chunk;
    private BackfillClaim? _claim;

    public BackfillWorker(
        MigrationContext context, ProgressStore store, BackfillPlanner planner, EntityBackfill entity, BackfillTracker tracker, RowPacer pacer, PauseGate gate, StageSnapshot stage)
    {
        (_context, _planner, _entity, _tracker, _pacer, _gate, _stage) = (context, planner, entity, tracker, pacer, gate, stage);
        _claims = new BackfillClaims(context, store);
        _writer = new ChunkWriter(context, store, Name);
        _chunk = new ChunkSize(context.Options.Backfill);
    }

    private string Name => _entity.Binding.Name;

    private TimeSpan Lease => _context.Options.Backfill.ClaimLease;

    /// <summary>Copies until every range of the entity is done, by whomever.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        int failures = 0;
        try
        {
            while (true)
            {
                try
                {
                    await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
                    _claim = await _claims.TakeAsync(Name, _stage, _claim?.Token, cancellationToken).ConfigureAwait(false);
                    if (_claim is not null)
                    {
                        await CopyAsync(_claim, cancellationToken).ConfigureAwait(false);
                        failures = 0;
                    }
                    else if (await IsDoneAsync(cancellationToken).ConfigureAwait(false))
                    {
                        return;
                    }
                    else
                    {
                        // Others hold what is left; one of them may be dead, and its lease runs out.
                        await Task.Delay(Lease / 10, _context.Time, cancellationToken).ConfigureAwait(false);
                    }
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested && _context.IsPassing(exception))
                {
                    _chunk.Shrink();
                    TimeSpan delay = RetryDelay.After(++failures);
                    BackfillLog.Waiting(_context.Logger, exception, _context.Name, Name, delay);
                    await Task.Delay(delay, _context.Time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (_claim is not null)
            {
                await _claims.ReleaseAsync(Name, _claim).ConfigureAwait(false);
            }
        }
    }

    private async Task CopyAsync(BackfillClaim claim, CancellationToken cancellationToken)
    {
        using Activity? activity = _context.Tracing.Start("dbmove.backfill.range");
        activity.SetStage(_stage);
        activity.AddEntity(Name);
        activity.SetCount("dbmove.backfill.part", claim.Range.Part);
        try
        {
            await CopyAsync(claim, activity, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }

    private async Task CopyAsync(BackfillClaim claim, Activity? activity, CancellationToken cancellationToken)
    {
        (long rowsRead, long rowsInserted) = (0, 0);
        string? reached = claim.Range.Reached;
        long renewed = _context.Time.GetTimestamp();
        while (true)
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            await _pacer.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (_context.Time.GetElapsedTime(renewed) > Lease / 3 && !await _claims.RenewAsync(Name, claim, cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            int limit = _pacer.Bound(_chunk.Rows);
            renewed = _context.Time.GetTimestamp();
            BackfillPage page = await ReadAsync(reached ?? claim.Range.After, claim.Range.UpTo, limit, cancellationToken).ConfigureAwait(false);
            _pacer.Spend(page.Count);
            await _context.Probes.ReachAsync(ProbePoint.BackfillRangeRead, cancellationToken).ConfigureAwait(false);
            if (await _writer.WriteAsync(claim, _stage, page, reached, isLast: page.Count < limit, cancellationToken).ConfigureAwait(false) is not { } written)
            {
                break;
            }

            _tracker.Add(written);
            activity.SetCount("dbmove.rows.read", rowsRead += page.Count);
            activity.SetCount("dbmove.rows.inserted", rowsInserted += written.Inserted);
            _context.Metrics.Backfilled(written.Inserted, Name);
            _chunk.Learn(page.Count, _context.Time.GetElapsedTime(renewed));
            reached = written.Reached;
            if (written.IsDone)
            {
                _claim = null;
                return;
            }
        }

        // Whether the claim or the stage is what was lost, the next claim finds out.
        activity.SetWord("dbmove.outcome", "claim_lost");
        BackfillLog.ClaimLost(_context.Logger, _context.Name, Name, claim.Range.Part);
    }

    private async Task<BackfillPage> ReadAsync(string? after, string? upTo, int limit, CancellationToken cancellationToken)
    {
        SideSession session = await _context.Database(Side.Source).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return await _entity.ReadAsync(session, after, upTo, limit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<BackfillRange> ranges = await _planner.ReadAsync(_entity, _stage, cancellationToken).ConfigureAwait(false);
        return ranges.Count > 0 && ranges.All(range => range.IsDone);
    }
}

using System.Threading.Channels;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Repair;
using DbMove.Scheduling;
using DbMove.Telemetry;
using DbMove.Validation;
using Microsoft.Extensions.Logging;

namespace DbMove.Reads;

/// <summary>
/// Repeats sampled reads on the other side, after the caller was answered and never in his way. What differs is suspected
/// only: the sides are read at two moments, and a write may be under way. It is judged as a validation judges its suspects,
/// and what is confirmed goes to the fixer.
/// </summary>
internal sealed class ShadowReads
{
    // A suspect is asked this often: long waits are a full pass's business, here the next sample asks again.
    private const int Rounds = 3;

    private readonly MigrationContext _context;
    private readonly Channel<ShadowRead> _queue;
    private readonly SuspectResolver _resolver;
    private readonly Outage _outage = new();

    public ShadowReads(MigrationContext context, IEventChannel events)
    {
        _context = context;
        _queue = Channel.CreateBounded<ShadowRead>(context.Options.Reads.ShadowQueue);
        _resolver = new SuspectResolver(context, new InconsistencyPublisher(context, events));
        Window = new ShadowWindow(context.Options.Reads.MinimumShadowReads);
    }

    public ShadowWindow Window { get; }

    /// <summary>Takes a share of what a read gave, none while the follower counts as away. Never waits: what finds no place is dropped.</summary>
    /// <param name="percentage">Of the keys.</param>
    /// <param name="stage">The stage in which it was read; outside the dual ones there is nothing to compare with.</param>
    /// <param name="side">The side that gave the rows.</param>
    /// <param name="binding">The entity.</param>
    /// <param name="keys">The keys that were asked for.</param>
    /// <param name="rows">The rows that were there.</param>
    public void Sample<TEntity, TKey, TMap>(int percentage, StageSnapshot stage, Side side, EntityBinding<TEntity, TKey, TMap> binding, IReadOnlyList<TKey> keys, IReadOnlyList<TEntity> rows)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        if (percentage == 0 || !stage.Stage.IsDual() || _context.IsFollowerAway)
        {
            return;
        }

        // Not a key's share, as the ramp's, but chance: in the long run every key has its turn.
        TKey[] sampled = percentage == 100 ? [.. keys] : [.. keys.Where(_ => Random.Shared.Next(100) < percentage)];
        if (sampled.Length == 0)
        {
            return;
        }

        HashSet<string> texts = [.. sampled.Select(TMap.FormatKey)];
        TEntity[] given = [.. rows.Where(row => texts.Contains(TMap.FormatKey(TMap.GetKey(row))))];
        bool isTaken = _queue.Writer.TryWrite(new ShadowRead<TEntity, TKey, TMap>(binding, stage, side.Other(), sampled, given));
        Count(stage, binding, new(Sampled: sampled.Length, Dropped: isTaken ? 0 : sampled.Length));
    }

    /// <summary>Repeats until cancelled. What waits then is left; it is judged by the stage it was read in, should it be taken up again.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => WorkerGroup.RunAsync(_context.Options.Reads.ShadowWorkers, WorkAsync, cancellationToken);

    /// <summary>Repeats what waits now.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_queue.Reader.TryRead(out ShadowRead? read))
        {
            await RepeatAsync(read, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (await _queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RepeatAsync(ShadowRead read, CancellationToken cancellationToken)
    {
        if (_context.Stage.Last is not { } now || !now.IsSameAssignment(read.Stage))
        {
            // Perhaps only one side is written by now.
            return;
        }

        if (_context.IsFollowerAway)
        {
            // It would wait for its time-out, and the breaker's probe asks already.
            Count(read.Stage, read.Entity, new(Dropped: read.Count));
            return;
        }

        await _context.Probes.ReachAsync(ReadPoint.ShadowRepeat, cancellationToken).ConfigureAwait(false);
        int open = read.Count;
        List<KeyFinding> confirmed = [];
        try
        {
            List<string> differing = await FindDifferingAsync(read, cancellationToken).ConfigureAwait(false);
            open = differing.Count;
            Count(read.Stage, read.Entity, new(Matched: read.Count - differing.Count));
            if (differing.Count > 0)
            {
                int undecided = (await _resolver.ResolveAsync(read.Entity.CreateValidation(), read.Stage, differing, Rounds, confirmed, cancellationToken).ConfigureAwait(false)).Count;
                Count(read.Stage, read.Entity, new(Matched: differing.Count - confirmed.Count - undecided, Mismatched: confirmed.Count, Undecided: undecided));
            }

            if (_outage.HasEnded())
            {
                ReadLog.ShadowGoesOn(_context.Logger, _context.Name);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && (exception is OperationCanceledException or DbMoveException || _context.FailureOf(exception) is not null))
        {
            LogLevel level = _outage.Failed();
            ReadLog.ShadowFailed(_context.Logger, level, exception, _context.Name, read.Entity.Name);
            Count(read.Stage, read.Entity, new(Mismatched: confirmed.Count, Failed: open - confirmed.Count));
        }
    }

    private async Task<List<string>> FindDifferingAsync(ShadowRead read, CancellationToken cancellationToken)
    {
        using Deadline deadline = new(_context.Options.FollowerTimeout, _context.Time, cancellationToken);
        SideSession session = await _context.Database(read.Other).OpenAsync(SessionUse.Read, deadline.Token).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return await read.FindDifferingAsync(session, deadline.Token).ConfigureAwait(false);
        }
    }

    private void Count(StageSnapshot stage, EntityBinding entity, ShadowCounts counts)
    {
        Window.Add(stage.Epoch, counts);
        _context.Metrics.Shadowed(entity.Name, counts);
    }
}

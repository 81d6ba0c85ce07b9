using System.Threading.Channels;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Pool;

/// <summary>
/// Clears the intents of writes that both sides committed: asynchronously, in batches, by id. What it cannot clear stays
/// open and is found equal by the next repair.
/// </summary>
internal sealed class IntentClearer(MigrationContext context)
{
    // Bounded: what finds no place stays open in the database, and the next repair finds it equal.
    private readonly Channel<(Side Side, long Id)> _queue = Channel.CreateBounded<(Side, long)>(new BoundedChannelOptions(100_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Hands over the intents of one committed write.</summary>
    public void Enqueue(Side side, IEnumerable<long> ids)
    {
        foreach (long id in ids)
        {
            _queue.Writer.TryWrite((side, id));
        }
    }

    /// <summary>Clears until cancelled, then what is still queued.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Clears what is queued now.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        List<long>[] batches = [[], []];
        try
        {
            while (_queue.Reader.TryRead(out (Side Side, long Id) intent))
            {
                List<long> batch = batches[(int)intent.Side];
                batch.Add(intent.Id);
                if (batch.Count >= context.Options.Repair.ClearBatchSize)
                {
                    await ClearAsync(intent.Side, batch, cancellationToken).ConfigureAwait(false);
                }
            }

            await ClearAsync(Side.Source, batches[0], cancellationToken).ConfigureAwait(false);
            await ClearAsync(Side.Target, batches[1], cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Back in the queue, so that a shutdown clears what it has interrupted.
            Enqueue(Side.Source, batches[0]);
            Enqueue(Side.Target, batches[1]);
            throw;
        }
    }

    private async Task ClearAsync(Side side, List<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return;
        }

        ids.Sort();
        SideDatabase database = context.Database(side);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
                await context.Intents[(int)side].ClearAsync(session, ids, cancellationToken).ConfigureAwait(false);
                await context.Probes.ReachAsync(ProbePoint.WriteIntentsClearing, cancellationToken).ConfigureAwait(false);
                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            context.Metrics.Cleared(ids.Count);
            ids.Clear();
            await context.Probes.ReachAsync(ProbePoint.WriteIntentsCleared, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (database.Classify(exception) is FailureKind.Transient or FailureKind.Availability or FailureKind.UnknownOutcome)
        {
            PoolLog.ClearFailed(context.Logger, exception, context.Name, side.ToWireName(), ids.Count);
            ids.Clear();
        }
    }
}

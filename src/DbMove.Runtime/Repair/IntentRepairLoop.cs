using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;
using DbMove.Telemetry;
using Microsoft.Extensions.Logging;

namespace DbMove.Repair;

/// <summary>
/// Brings the follower after the writes whose intents were left behind: by a crash, a lost connection, a follower that was
/// away. The leader does it; the others stand in for what it leaves undone, because it may see the authority and not the
/// follower, or not know an entity. Two of them on one key only find it equal.
/// </summary>
internal sealed class IntentRepairLoop(MigrationContext context, KeyRepairer repairer) : IDisposable
{
    private static readonly TimeSpan s_unknownDelay = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>A write left its intent behind: look now, where this instance is the one that looks first.</summary>
    public void Signal()
    {
        if (!context.Leadership.IsLeading)
        {
            return;
        }

        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Signalled already; one look serves both.
        }
    }

    /// <summary>Repairs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Outage outage = new();
        while (true)
        {
            (TimeSpan interval, TimeSpan delay) = Turn();
            await _signal.WaitAsync(interval, cancellationToken).ConfigureAwait(false);
            if (context.IsFollowerAway)
            {
                // Its breaker probes it, and signals when it answers.
                continue;
            }

            try
            {
                while (await RunOnceAsync(delay, cancellationToken).ConfigureAwait(false) > 0)
                {
                }

                if (outage.HasEnded())
                {
                    RepairLog.GoesOn(context.Logger, context.Name);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && context.IsPassing(exception))
            {
                LogLevel level = outage.Failed();
                RepairLog.Waiting(context.Logger, level, exception, context.Name);
            }
        }
    }

    /// <summary>Repairs one batch of the intents that are at least this old.</summary>
    /// <returns>How many keys were settled; 0: there is nothing more that can be done now.</returns>
    public async Task<int> RunOnceAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        StageSnapshot stage = await context.Stage.GetForWriteAsync(cancellationToken).ConfigureAwait(false);
        if (!stage.Stage.IsDual())
        {
            return 0;
        }

        List<(long Id, string Entity, string Key)> open;
        SideSession session = await context.Database(stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            open = await context.Intents[(int)stage.Authority].ReadOpenAsync(session, delay, context.Options.Repair.BatchSize, cancellationToken).ConfigureAwait(false);
        }

        RepairKeys keys = Collect(open);
        await PutOffAsync(stage.Authority, [.. open.Where(intent => !IsKnown(intent.Entity, intent.Key)).Select(intent => intent.Id)], cancellationToken).ConfigureAwait(false);
        if (keys.Count == 0)
        {
            return 0;
        }

        RepairReport report = await repairer.RepairAsync(keys, cancellationToken).ConfigureAwait(false);
        return report.Repaired + report.AlreadyConsistent;
    }

    /// <summary>The keys of intents; what this process does not know is logged and stays.</summary>
    public RepairKeys Collect(IEnumerable<(long Id, string Entity, string Key)> intents)
    {
        RepairKeys keys = new();
        foreach ((_, string name, string key) in intents)
        {
            if (IsKnown(name, key))
            {
                keys.Add(context.FindEntity(name)!, key);
            }
            else
            {
                RepairLog.UnknownEntity(context.Logger, context.Name, name, key);
            }
        }

        return keys;
    }

    public void Dispose() => _signal.Dispose();

    /// <summary>How long to wait, and how old an intent must be to be repaired: older where this instance only stands in.</summary>
    private (TimeSpan Interval, TimeSpan Delay) Turn()
    {
        RepairOptions repair = context.Options.Repair;
        return context.Leadership.IsLeading ? (repair.Interval, repair.IntentDelay) : (2 * repair.Interval, repair.IntentDelay + (2 * repair.Interval));
    }

    private bool IsKnown(string entity, string key) => context.FindEntity(entity)?.IsKey(key) is true;

    /// <summary>What this process cannot repair stands back, so that what comes after it gets its turn; another process may know it.</summary>
    private async Task PutOffAsync(Side authority, long[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return;
        }

        SideSession session = await context.Database(authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
            await context.Intents[(int)authority].FailAsync(
                session, ids, "the entity or the form of the key is unknown to a process", s_unknownDelay, park: false, context.Options.Repair.MaximumAttempts, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}


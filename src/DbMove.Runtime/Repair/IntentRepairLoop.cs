using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;

namespace DbMove.Repair;

/// <summary>
/// Brings the follower after the writes whose intents were left behind: by a crash, a lost connection, a follower that was
/// away. Runs in every process; two of them on one key only find it equal.
/// </summary>
internal sealed class IntentRepairLoop(MigrationContext context, KeyRepairer repairer) : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>A write left its intent behind: look now.</summary>
    public void Signal()
    {
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
        while (true)
        {
            await _signal.WaitAsync(context.Options.Repair.Interval, cancellationToken).ConfigureAwait(false);
            try
            {
                while (await RunOnceAsync(context.Options.Repair.IntentDelay, cancellationToken).ConfigureAwait(false) > 0)
                {
                }
            }
            catch (Exception exception) when (exception is StageUnknownException || IsPassing(exception))
            {
                RepairLog.Waiting(context.Logger, exception, context.Name);
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
            if (context.FindEntity(name) is { } entity && entity.IsKey(key))
            {
                keys.Add(entity, key);
            }
            else
            {
                RepairLog.UnknownEntity(context.Logger, context.Name, name, key);
            }
        }

        return keys;
    }

    public void Dispose() => _signal.Dispose();

    private bool IsPassing(Exception exception) => context.Databases.Any(
        database => database.Classify(exception) is FailureKind.Availability or FailureKind.Transient or FailureKind.UnknownOutcome);
}

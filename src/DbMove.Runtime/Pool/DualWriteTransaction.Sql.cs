using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Telemetry;

namespace DbMove;

/// <content>Statements that a caller wrote, through <see cref="DualWriteDataSource"/>.</content>
public sealed partial class DualWriteTransaction
{
    private readonly Dictionary<EntityBinding, string> _dirty = [];

    /// <summary>
    /// Runs a caller's own statements on the authority, under the fence, and leaves the transaction occupied until
    /// <see cref="EndStatement"/>: a reader may still be open. What fails in <paramref name="run"/> dooms the transaction;
    /// what <paramref name="plan"/> refuses was not sent.
    /// </summary>
    internal async Task<TResult> BeginStatementAsync<TPlan, TResult>(
        Func<StageSnapshot, TPlan> plan, Func<SideSession, StageSnapshot, TPlan, CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
    {
        Enter();
        MigrationTracing.Enter(_activity);
        bool isDone = false;
        try
        {
            bool isSent = false;
            try
            {
                // The first statement may find another stage, and with it another authority: what is planned before is void then.
                await VerifyAsync(cancellationToken).ConfigureAwait(false);
                TPlan planned = plan(_stage);
                isSent = true;
                TResult result = await run(_authority, _stage, planned, cancellationToken).ConfigureAwait(false);
                await _pool.Context.Probes.ReachAsync(ProbePoint.WriteExecuted, cancellationToken).ConfigureAwait(false);
                isDone = true;
                return result;
            }
            catch (Exception exception) when ((isSent || !_verified) && _pool.Context.Database(_stage.Authority).Classify(exception) is not null)
            {
                await AbortAsync().ConfigureAwait(false);
                throw Failure(_pool.Context.Database(_stage.Authority).Classify(exception).GetValueOrDefault(), "a statement", exception);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && (isSent || !_verified))
            {
                await AbortAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception exception) when (_activity.Fails(exception))
        {
            throw;
        }
        finally
        {
            if (!isDone)
            {
                Leave();
            }
        }
    }

    /// <summary>One step of a statement whose reader is still open: what fails in it ends the transaction.</summary>
    internal async Task<TResult> StepStatementAsync<TResult>(Func<Task<TResult>> step)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (Exception exception) when (_pool.Context.Database(_stage.Authority).Classify(exception) is { } kind)
        {
            await AbortAsync().ConfigureAwait(false);
            throw Failure(kind, "a statement", exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await AbortAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The reader of the last statement is closed.</summary>
    internal void EndStatement() => Leave();

    /// <summary>The reader of the last statement failed: nothing of the transaction may be committed.</summary>
    internal Task FailStatementAsync() => AbortAsync();

    /// <summary>Takes note of the entities of which a statement may have changed any row.</summary>
    internal void MarkDirty(IEnumerable<EntityBinding> entities, string reason)
    {
        foreach (EntityBinding entity in entities)
        {
            _dirty.TryAdd(entity, reason);
        }
    }

    /// <summary>What was written of an entity so far.</summary>
    internal Pool.EntityChanges ChangesOf(EntityBinding binding)
    {
        if (!_changes.TryGetValue(binding, out Pool.EntityChanges? changes))
        {
            _changes.Add(binding, changes = binding.CreateChanges());
            if (_savepoints.Count > 0)
            {
                // From its first write on there is something to roll back to: nothing.
                changes.Mark();
            }
        }

        return changes;
    }

    /// <summary>Records the intents of the touched keys and the dirty marks, as the transaction's last statements before the images are read.</summary>
    private async Task RecordTouchedAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (Pool.EntityChanges change in _changes.Values)
            {
                if (change.Touched.Count == 0)
                {
                    continue;
                }

                change.Intents.AddRange(await _pool.Context.Intents[(int)_stage.Authority].AddAsync(
                    _authority, change.Binding.Name, change.Touched, _stage.Epoch, cancellationToken).ConfigureAwait(false));
                change.Touched.Clear();
            }

            foreach ((EntityBinding entity, string reason) in _dirty)
            {
                await _pool.Context.Dirty.AddAsync(_authority, entity.Name, _stage.Epoch, reason, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (_pool.Context.Database(_stage.Authority).Classify(exception) is { } kind)
        {
            throw Failure(kind, string.Empty, exception);
        }
    }
}

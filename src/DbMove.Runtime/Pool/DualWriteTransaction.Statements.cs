using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Telemetry;

namespace DbMove;

/// <content>The statements of a transaction on the authority, and what of them the follower will need.</content>
public sealed partial class DualWriteTransaction
{
    /// <summary>One write on the authority; starts over when the stage has moved and nothing was written or read yet.</summary>
    internal async Task<IReadOnlyList<WrittenRow<TEntity>?>> WriteAsync<TEntity, TKey, TMap>(
        EntityBinding<TEntity, TKey, TMap> binding,
        bool isDelete,
        Func<IEntityStore<TEntity, TKey>, SideSession, WriteGuard, CancellationToken, Task<WriteResult<TEntity>>> write,
        CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        Enter();
        MigrationTracing.Enter(_activity);
        _activity.AddEntity(binding.Name);
        try
        {
            while (true)
            {
                WriteResult<TEntity> result;
                try
                {
                    result = await write(binding[_stage.Authority], _authority, new WriteGuard(_stage.Epoch, _stage.Stage), cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (_pool.Context.Database(_stage.Authority).Classify(exception) is not null)
                {
                    FailureKind kind = _pool.Context.Database(_stage.Authority).Classify(exception).GetValueOrDefault();

                    // An error dooms the transaction, and is judged only after the stage: under an old stage it means nothing.
                    await _authority.RollbackAsync().ConfigureAwait(false);
                    if (_verified || !await StageHasMovedAsync(cancellationToken).ConfigureAwait(false))
                    {
                        await AbortAsync().ConfigureAwait(false);
                        throw Failure(kind, binding.Name, exception);
                    }

                    continue;
                }
                catch (ConcurrencyConflictException)
                {
                    // As any error: under an old stage it was the wrong side's row that differed.
                    await _authority.RollbackAsync().ConfigureAwait(false);
                    if (_verified || !await StageHasMovedAsync(cancellationToken).ConfigureAwait(false))
                    {
                        await AbortAsync().ConfigureAwait(false);
                        throw;
                    }

                    continue;
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    // Cancelled, or a value that cannot be bound: nothing of a half-run write may be committed.
                    await AbortAsync().ConfigureAwait(false);
                    throw;
                }

                if (result.StageMatched)
                {
                    _verified = true;
                    Record(binding, isDelete, result.Rows);
                    await _pool.Context.Probes.ReachAsync(ProbePoint.WriteExecuted, cancellationToken).ConfigureAwait(false);
                    return result.Rows;
                }

                await RestartOrThrowAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (_activity.Fails(exception))
        {
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Reads inside the transaction go to its authority, under the fence.</summary>
    internal async Task<List<TEntity>> FindAsync<TEntity, TKey, TMap>(
        EntityBinding<TEntity, TKey, TMap> binding, IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        Enter();
        MigrationTracing.Enter(_activity);
        try
        {
            await VerifyAsync(cancellationToken).ConfigureAwait(false);
            return await binding[_stage.Authority].FindAsync(_authority, keys, RowLock.None, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (_pool.Context.Database(_stage.Authority).Classify(exception) is { } kind)
        {
            await AbortAsync().ConfigureAwait(false);
            throw Failure(kind, binding.Name, exception);
        }
        catch (OperationCanceledException)
        {
            await AbortAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Takes the fence and sees to it that the stage is the one the transaction believes in; starts over where it has moved.</summary>
    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        while (!_verified && _stage.Stage.IsFenced())
        {
            ControlRow? row = await _pool.Context.Control[(int)_stage.Authority].ReadAsync(_authority, cancellationToken).ConfigureAwait(false);
            if (row is not null && _stage.Matches(row))
            {
                _verified = true;
            }
            else
            {
                await RestartOrThrowAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        _verified = true;
    }

    private WriteFailedException Failure(FailureKind kind, string entity, Exception exception) =>
        new WriteFailedException(_stage.Authority, entity, kind, exception);

    private void Record<TEntity, TKey, TMap>(EntityBinding<TEntity, TKey, TMap> binding, bool isDelete, IReadOnlyList<WrittenRow<TEntity>?> rows)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        if (!_stage.Stage.IsDual())
        {
            return;
        }

        Pool.EntityChanges changes = ChangesOf(binding);
        foreach (WrittenRow<TEntity>? row in rows)
        {
            if (row is { } written)
            {
                ((Pool.EntityChanges<TEntity, TKey, TMap>)changes).Add(written, isDelete, IsSingleWrite ? null : _stage.Authority);
            }
        }
    }
}

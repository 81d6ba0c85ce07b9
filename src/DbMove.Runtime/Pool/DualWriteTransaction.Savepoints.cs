using System.Globalization;
using DbMove.Mapping;
using DbMove.Pool;

namespace DbMove;

/// <content>Savepoints: they are the authority's; the follower only ever sees what is left at the commit.</content>
public sealed partial class DualWriteTransaction
{
    private readonly List<Savepoint> _savepoints = [];
    private int _savepointCount;

    /// <summary>Sets a savepoint: a point to which the transaction can be rolled back. A name that is used again hides the older one.</summary>
    /// <remarks>An error on the authority ends the whole transaction nevertheless: a savepoint does not bring it back.</remarks>
    /// <param name="savepointName">Any text but an empty one; it never reaches the database.</param>
    /// <param name="cancellationToken">Cancels; the transaction is rolled back then.</param>
    /// <exception cref="WriteFailedException">The authority failed; the transaction was rolled back.</exception>
    public async Task SaveAsync(string savepointName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(savepointName);
        Enter();
        if (_memory is { } memory)
        {
            RunSavepointInMemory(() => memory.Save(savepointName));
            return;
        }

        await RunSavepointAsync(
            async () =>
            {
                // Only a stage that was verified stays as it is; what starts over would lose the savepoint.
                await VerifyAsync(cancellationToken).ConfigureAwait(false);
                Savepoint savepoint = new(
                    savepointName,
                    "dbmove_" + (++_savepointCount).ToString(CultureInfo.InvariantCulture),
                    _changes.ToDictionary(change => change.Key, change => change.Value.Mark()),
                    [.. _dirty.Keys]);
                await ExecuteAsync("SAVEPOINT ", savepoint, cancellationToken).ConfigureAwait(false);
                _savepoints.Add(savepoint);
            }).ConfigureAwait(false);
    }

    /// <summary>Rolls back what was written since a savepoint; the savepoint stays, those after it are gone.</summary>
    /// <param name="savepointName">Its name.</param>
    /// <param name="cancellationToken">Cancels; the transaction is rolled back then.</param>
    /// <exception cref="ArgumentException">There is no such savepoint; nothing was done.</exception>
    /// <exception cref="WriteFailedException">The authority failed; the transaction was rolled back.</exception>
    public async Task RollbackAsync(string savepointName, CancellationToken cancellationToken = default)
    {
        Enter();
        if (_memory is { } memory)
        {
            RunSavepointInMemory(() => memory.RollBackTo(savepointName));
            return;
        }

        await RunSavepointAsync(
            async () =>
            {
                int index = Find(savepointName);
                Savepoint savepoint = _savepoints[index];
                await ExecuteAsync("ROLLBACK TO SAVEPOINT ", savepoint, cancellationToken).ConfigureAwait(false);
                _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
                foreach ((EntityBinding entity, EntityChanges changes) in _changes.ToArray())
                {
                    changes.RollBackTo(savepoint.Marks.GetValueOrDefault(entity));
                }

                foreach (EntityBinding entity in _dirty.Keys.Except(savepoint.Dirty).ToArray())
                {
                    _dirty.Remove(entity);
                }
            }).ConfigureAwait(false);
    }

    /// <summary>Gives up a savepoint and those after it; what was written stays.</summary>
    /// <param name="savepointName">Its name.</param>
    /// <param name="cancellationToken">Cancels; the transaction is rolled back then.</param>
    /// <exception cref="ArgumentException">There is no such savepoint; nothing was done.</exception>
    /// <exception cref="WriteFailedException">The authority failed; the transaction was rolled back.</exception>
    public async Task ReleaseAsync(string savepointName, CancellationToken cancellationToken = default)
    {
        Enter();
        if (_memory is { } memory)
        {
            RunSavepointInMemory(() => memory.Release(savepointName));
            return;
        }

        await RunSavepointAsync(
            async () =>
            {
                int index = Find(savepointName);
                await ExecuteAsync("RELEASE SAVEPOINT ", _savepoints[index], cancellationToken).ConfigureAwait(false);
                _savepoints.RemoveRange(index, _savepoints.Count - index);
            }).ConfigureAwait(false);
    }

    private async Task RunSavepointAsync(Func<Task> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception exception) when (_pool.Context.Database(_stage.Authority).Classify(exception) is { } kind)
        {
            await AbortAsync().ConfigureAwait(false);
            throw Failure(kind, string.Empty, exception);
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

    private Task<int> ExecuteAsync(string verb, Savepoint savepoint, CancellationToken cancellationToken) =>
        _authority.ExecuteAsync(verb + _authority.Database.Syntax.Quote(savepoint.Identifier), default, cancellationToken);

    private int Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int index = _savepoints.FindLastIndex(savepoint => savepoint.Name == name);
        return index >= 0 ? index : throw new ArgumentException($"The transaction has no savepoint '{name}': it was never set, released, or rolled back over. Its savepoints: {(_savepoints.Count == 0 ? "none" : string.Join(", ", _savepoints.Select(savepoint => savepoint.Name)))}.", nameof(name));
    }
}

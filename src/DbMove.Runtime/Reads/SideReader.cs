using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;

namespace DbMove.Reads;

/// <summary>Reads on one side, without fence and without transaction.</summary>
internal sealed class SideReader(MigrationContext context)
{
    /// <summary>Reads on the side that decides.</summary>
    /// <exception cref="DatabaseUnavailableException">It is out of reach.</exception>
    public Task<TResult> ReadAsync<TResult>(Side authority, Func<SideSession, CancellationToken, Task<TResult>> read, CancellationToken cancellationToken) =>
        StepAsync(
            authority,
            async () =>
            {
                SideSession session = await OpenAsync(authority, cancellationToken).ConfigureAwait(false);
                await using (session.ConfigureAwait(false))
                {
                    return await read(session, cancellationToken).ConfigureAwait(false);
                }
            });

    /// <summary>Opens a session of the side that decides; use it within <see cref="StepAsync"/>.</summary>
    public Task<SideSession> OpenAsync(Side authority, CancellationToken cancellationToken) =>
        context.Database(authority).OpenAsync(SessionUse.Read, cancellationToken).AsTask();

    /// <summary>One step of a read on the side that decides.</summary>
    /// <exception cref="DatabaseUnavailableException">It is out of reach.</exception>
    public async Task<TResult> StepAsync<TResult>(Side authority, Func<Task<TResult>> step)
    {
        SideDatabase database = context.Database(authority);
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (Exception exception) when (database.Classify(exception) is FailureKind.Availability)
        {
            throw new DatabaseUnavailableException(
                authority, $"The {authority.ToWireName()} ({database.DisplayName}), which is the authority, could not be read: {exception.Message}", exception);
        }
    }

    /// <summary>The rows of keys on the side that decides.</summary>
    /// <exception cref="DatabaseUnavailableException">It is out of reach.</exception>
    public Task<List<TEntity>> FindAsync<TEntity, TKey, TMap>(Side authority, EntityBinding<TEntity, TKey, TMap> binding, IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        ReadAsync(authority, (session, token) => binding[authority].FindAsync(session, keys, RowLock.None, token), cancellationToken);

    /// <summary>The rows of keys on the side that does not decide, in bounded time; null and why: it failed or did not answer.</summary>
    public async Task<(List<TEntity>? Rows, Exception? Failure)> TryFindAsync<TEntity, TKey, TMap>(
        Side side, EntityBinding<TEntity, TKey, TMap> binding, IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        SideDatabase database = context.Database(side);
        using Deadline deadline = new(context.Options.FollowerTimeout, context.Time, cancellationToken);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Read, deadline.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return (await binding[side].FindAsync(session, keys, RowLock.None, deadline.Token).ConfigureAwait(false), null);
            }
        }
        catch (Exception exception) when (deadline.Explains(exception) || (!cancellationToken.IsCancellationRequested && database.Classify(exception) is not null))
        {
            return (null, exception);
        }
    }
}

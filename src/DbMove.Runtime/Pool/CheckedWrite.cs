using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Pool;

/// <summary>
/// Writes on the authority that compare the concurrency tokens with what is stored, typed, under row locks: the same value in two forms
/// (a time of another program, a decimal with zeros) is no conflict. The rows are locked after the fence was taken and
/// before the write looks at the control row, so what is found under an old stage is judged by the caller, as any error is.
/// </summary>
/// <param name="store">The authority's statements.</param>
/// <param name="session">The authority's session.</param>
/// <param name="guard">What must hold for the write.</param>
/// <param name="originals">The rows whose tokens must be stored still.</param>
internal sealed class CheckedWrite<TEntity, TKey, TMap>(
    IEntityStore<TEntity, TKey> store, SideSession session, WriteGuard guard, IReadOnlyList<TEntity> originals)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private readonly WrittenRow<TEntity>?[] _written = new WrittenRow<TEntity>?[originals.Count];

    /// <summary>Updates the rows, one for each of the originals.</summary>
    public Task<WriteResult<TEntity>> UpdateAsync(IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) => UpdateAsync(rows, store.UpdateAsync, cancellationToken);

    /// <summary>Updates the rows, one for each of the originals, in the given way.</summary>
    public Task<WriteResult<TEntity>> UpdateAsync(
        IReadOnlyList<TEntity> rows, Func<SideSession, WriteGuard, IReadOnlyList<TEntity>, CancellationToken, Task<WriteResult<TEntity>>> update, CancellationToken cancellationToken) => RunAsync(
        (present, absent, token) => WriteAsync([.. present, .. absent], index => rows[index], update, token), cancellationToken);

    /// <summary>Deletes the rows of the originals.</summary>
    public Task<WriteResult<TEntity>> DeleteAsync(CancellationToken cancellationToken) => RunAsync(
        (present, absent, token) => WriteAsync([.. present, .. absent], KeyAt, store.DeleteAsync, token), cancellationToken);

    /// <summary>Updates those of the originals that are there and inserts the others.</summary>
    public Task<WriteResult<TEntity>> UpsertAsync(CancellationToken cancellationToken) => RunAsync(
        async (present, absent, token) =>
        {
            if (!await WriteAsync(present, index => originals[index], store.UpsertAsync, token).ConfigureAwait(false)
                || !await WriteAsync(absent, index => originals[index], store.InsertAbsentAsync, token).ConfigureAwait(false))
            {
                return false;
            }

            // Not there when it was looked for, and there when it was to be inserted.
            ThrowIfAny(absent, index => _written[index] is null);
            return true;
        },
        cancellationToken,
        absentIsWritten: true);

    // The same key twice is two writes, one after the other: the second one meets what the first one left.
    private async Task<WriteResult<TEntity>> RunAsync(Func<int[], int[], CancellationToken, Task<bool>> write, CancellationToken cancellationToken, bool absentIsWritten = false)
    {
        for (int next = 0; next < originals.Count;)
        {
            Dictionary<string, int> wave = new(StringComparer.Ordinal);
            while (next < originals.Count && wave.TryAdd(TMap.FormatKey(KeyAt(next)), next))
            {
                next++;
            }

            HashSet<int> found = [];
            foreach (TEntity stored in await store.FindAsync(session, [.. wave.Values.Select(KeyAt)], RowLock.Update, cancellationToken).ConfigureAwait(false))
            {
                if (wave.TryGetValue(TMap.FormatKey(TMap.GetKey(stored)), out int index))
                {
                    found.Add(index);
                    ThrowIfAny([index], _ => !TMap.HasSameTokens(originals[index], stored));
                }
            }

            int[] absent = [.. wave.Values.Where(index => !found.Contains(index))];
            if (!await write([.. wave.Values.Where(found.Contains)], absent, cancellationToken).ConfigureAwait(false))
            {
                return WriteResult<TEntity>.StageMismatch;
            }

            if (!absentIsWritten)
            {
                // It came after it was looked for, so nobody has seen what the write hit; the transaction ends here.
                ThrowIfAny(absent, index => _written[index] is not null);
            }
        }

        return new WriteResult<TEntity>(true, _written);
    }

    private async Task<bool> WriteAsync<TInput>(
        int[] indices, Func<int, TInput> input, Func<SideSession, WriteGuard, IReadOnlyList<TInput>, CancellationToken, Task<WriteResult<TEntity>>> write, CancellationToken cancellationToken)
    {
        if (indices.Length == 0)
        {
            return true;
        }

        WriteResult<TEntity> result = await write(session, guard, [.. indices.Select(input)], cancellationToken).ConfigureAwait(false);
        for (int position = 0; result.StageMatched && position < indices.Length; position++)
        {
            _written[indices[position]] = result.Rows[position];
        }

        return result.StageMatched;
    }

    private TKey KeyAt(int index) => TMap.GetKey(originals[index]);

    private void ThrowIfAny(int[] indices, Func<int, bool> isConflict)
    {
        foreach (int index in indices.Where(isConflict))
        {
            throw new ConcurrencyConflictException(TMap.Descriptor.Name, TMap.FormatKey(KeyAt(index)));
        }
    }
}

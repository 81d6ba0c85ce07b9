using DbMove.Dialects;
using Npgsql;

namespace DbMove.PostgreSql.Statements;

/// <content>What the follower receives.</content>
internal sealed partial class PostgreSqlStore<TEntity, TKey, TMap>
{
    // From here on one statement over arrays costs less than one statement a row.
    private const int ManyRows = 4;

    // Foreign keys are checked when a statement ends. Rows that refer to one another come in the order of their keys, in
    // which a child may stand before its parent, so they share one statement from the second row on.
    private int ArraysFrom => _statements.ReferencesItself ? 2 : ManyRows;

    public async Task UpsertImagesAsync(SideSession session, IReadOnlyList<TEntity> images, CancellationToken cancellationToken)
    {
        if (images.Count == 0)
        {
            return;
        }

        // One statement may not meet a row twice.
        bool asArrays = images.Count >= ArraysFrom
            && new HashSet<TKey>(images.Select(TMap.GetKey)).Count == images.Count;
        await Own(session).RunAsync(
            (_statements, images, asArrays),
            static (batch, state) =>
            {
                EntityStatements statements = state._statements;
                if (state.asArrays)
                {
                    BindColumnArrays(AddCommand(batch, statements.Follower.UpsertMany), statements.ImageColumns, state.images);
                    return;
                }

                foreach (TEntity image in state.images)
                {
                    BindColumns(AddCommand(batch, statements.Follower.UpsertOne), statements.ImageColumns, image);
                }
            },
            static (reader, _, token) => CountAsync(reader, token),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> DeleteImagesAsync(SideSession session, IReadOnlyList<TKey> keys, CancellationToken cancellationToken) =>
        keys.Count == 0 ? 0 : await Own(session).RunAsync(
            (_statements, keys, ArraysFrom),
            static (batch, state) =>
            {
                EntityStatements statements = state._statements;
                if (state.keys.Count >= state.ArraysFrom)
                {
                    BindKeyArrays(AddCommand(batch, statements.Follower.DeleteMany), statements.Keys, state.keys);
                    return;
                }

                foreach (TKey key in state.keys)
                {
                    BindKey(AddCommand(batch, statements.Follower.DeleteOne), statements.Keys, key);
                }
            },
            static (reader, _, token) => CountAsync(reader, token),
            cancellationToken).ConfigureAwait(false);

    public async Task<List<TEntity>> FindAsync(SideSession session, IReadOnlyList<TKey> keys, RowLock rowLock, CancellationToken cancellationToken) =>
        keys.Count == 0 ? [] : await Own(session).RunAsync(
            (Store: this, keys, rowLock),
            static (batch, state) =>
            {
                EntityStatements statements = state.Store._statements;
                FollowerComposer follower = statements.Follower;
                if (state.keys.Count == 1)
                {
                    string one = state.rowLock switch
                    {
                        RowLock.Share => follower.FindOneShared,
                        RowLock.Update => follower.FindOneForUpdate,
                        _ => follower.FindOne,
                    };
                    BindKey(AddCommand(batch, one), statements.Keys, state.keys[0]);
                    return;
                }

                string many = state.rowLock switch
                {
                    RowLock.Share => follower.FindManyShared,
                    RowLock.Update => follower.FindManyForUpdate,
                    _ => follower.FindMany,
                };
                BindKeyArrays(AddCommand(batch, many), statements.Keys, state.keys);
            },
            static (reader, state, token) => ReadRowsAsync(reader, state.Store, token),
            cancellationToken).ConfigureAwait(false);

    // The prologue's statements and SELECT count nothing, so the sum is that of the writes.
    private static async Task<int> CountAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return Math.Max(0, reader.RecordsAffected);
    }
}

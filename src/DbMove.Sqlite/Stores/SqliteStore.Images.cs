using DbMove.Dialects;
using DbMove.Sqlite.Sessions;

namespace DbMove.Sqlite.Stores;

/// <content>Writes on the follower: after-images as they are, and the rows of a backfill.</content>
internal sealed partial class SqliteStore<TEntity, TKey, TMap>
{
    public Task UpsertImagesAsync(SideSession session, IReadOnlyList<TEntity> images, CancellationToken cancellationToken) =>
        ApplyAsync(session, _texts.UpsertImage, images, (statement, image) => Bind(statement, image, _texts.ImageColumns), cancellationToken);

    public Task<int> DeleteImagesAsync(SideSession session, IReadOnlyList<TKey> keys, CancellationToken cancellationToken) =>
        ApplyAsync(session, _texts.DeleteImage, keys, (statement, key) => BindKey(statement, key, 0), cancellationToken);

    public Task<int> InsertMissingAsync(SideSession session, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        ApplyAsync(session, _texts.InsertMissing, rows, (statement, row) => Bind(statement, row, _texts.ImageColumns), cancellationToken);

    /// <summary>Runs a statement for each input; returns how many rows changed.</summary>
    private Task<int> ApplyAsync<TInput>(
        SideSession session, StatementText text, IReadOnlyList<TInput> inputs, Action<RowStatement, TInput> bind, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(
            true,
            (link, token) =>
            {
                if (_referencesItself)
                {
                    // The inputs come in the order of their keys, in which a child may stand before its parent.
                    link.DeferForeignKeys();
                }

                RowStatement statement = link.Prepare(text);
                int changes = 0;
                for (int index = 0; index < inputs.Count; index++)
                {
                    token.ThrowIfCancellationRequested();
                    bind(statement, inputs[index]);
                    statement.Finish();
                    changes += link.Changes;
                }

                return changes;
            },
            cancellationToken);
}

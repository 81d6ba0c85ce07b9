using DbMove.Dialects;
using DbMove.Sqlite.Sessions;
using DbMove.Sqlite.Values;
using SQLitePCL;

namespace DbMove.Sqlite.Stores;

/// <content>Writes on the authority: control row, rows with their after-images, intents.</content>
internal sealed partial class SqliteStore<TEntity, TKey, TMap>
{
    public Task<WriteResult<TEntity>> InsertAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        WriteRowsAsync(session, guard, _texts.Insert, "insert", _texts.InsertColumns, rows, cancellationToken);

    public Task<WriteResult<TEntity>> UpsertAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        WriteRowsAsync(session, guard, _texts.Upsert, "upsert", _texts.UpsertColumns, rows, cancellationToken);

    public Task<WriteResult<TEntity>> InsertAbsentAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        WriteRowsAsync(session, guard, _texts.InsertAbsent, "upsert", _texts.UpsertColumns, rows, cancellationToken);

    public Task<WriteResult<TEntity>> UpdateAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        WriteRowsAsync(session, guard, _texts.Update, "update", _texts.UpdateColumns, rows, cancellationToken);

    public Task<WriteResult<TEntity>> UpdateAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, IReadOnlyList<int> cleared, CancellationToken cancellationToken) =>
        WriteRowsAsync(session, guard, _texts.UpdateThatClears(cleared), "update", _texts.UpdateColumns, rows, cancellationToken);

    public Task<WriteResult<TEntity>> DeleteAsync(SideSession session, WriteGuard guard, IReadOnlyList<TKey> keys, CancellationToken cancellationToken) =>
        WriteAsync(session, guard, _texts.Delete, "delete", keys, (statement, key) => BindKey(statement, key, 0), cancellationToken);

    private Task<WriteResult<TEntity>> WriteRowsAsync(
        SideSession session, WriteGuard guard, StatementText text, string operation, StoredColumn[] columns, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken)
    {
        bool hasKeyCondition = ReferenceEquals(columns, _texts.UpdateColumns);
        return WriteAsync(
            session, guard, text, operation, rows,
            (statement, row) =>
            {
                Bind(statement, row, columns);
                if (hasKeyCondition)
                {
                    BindKey(statement, TMap.GetKey(row), columns.Length);
                }
            },
            cancellationToken);
    }

    private Task<WriteResult<TEntity>> WriteAsync<TInput>(
        SideSession session, WriteGuard guard, StatementText text, string operation, IReadOnlyList<TInput> inputs, Action<RowStatement, TInput> bind, CancellationToken cancellationToken)
    {
        SqliteSession own = SqliteSession.Of(session);
        return own.RunAsync(
            true,
            (link, token) => own.Matches(guard, _readControl)
                ? new WriteResult<TEntity>(true, Write(link, guard, text, operation, inputs, bind, token))
                : WriteResult<TEntity>.StageMismatch,
            cancellationToken);
    }

    private WrittenRow<TEntity>?[] Write<TInput>(
        SqliteLink link, WriteGuard guard, StatementText text, string operation, IReadOnlyList<TInput> inputs, Action<RowStatement, TInput> bind, CancellationToken cancellationToken)
    {
        RowStatement statement = link.Prepare(text);
        bool readsAgain = _readsAgain && !ReferenceEquals(text, _texts.Delete);
        WrittenRow<TEntity>?[] written = new WrittenRow<TEntity>?[inputs.Count];
        for (int index = 0; index < written.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bind(statement, inputs[index]);
            bool isTouched = statement.Step();
            TEntity? image = isTouched ? ReadRow(statement) : default;
            if (isTouched)
            {
                statement.Finish();
            }
            else
            {
                statement.Reset();
                continue;
            }

            TKey key = TMap.GetKey(image!);
            if (readsAgain && !TryFind(link, key, out image))
            {
                throw new InvalidDataException($"A trigger removed the row that was just written to table '{_definition.Table.Name}', or changed its key.");
            }

            written[index] = new WrittenRow<TEntity>(image!, guard.RecordsIntent ? Record(link, guard, operation, key) : 0);
        }

        return written;
    }

    private long Record(SqliteLink link, WriteGuard guard, string operation, TKey key)
    {
        RowStatement statement = link.Prepare(_texts.Intent);
        statement.BindText(1, _definition.Control.Migration);
        statement.BindText(2, _definition.Entity.Name);
        statement.BindText(3, TMap.FormatKey(key));
        statement.BindText(4, operation);
        statement.BindInt64(5, guard.Epoch);
        statement.Finish();
        return raw.sqlite3_last_insert_rowid(link.Handle);
    }
}

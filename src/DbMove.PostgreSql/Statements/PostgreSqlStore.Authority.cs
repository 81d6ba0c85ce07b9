using DbMove.Dialects;
using DbMove.Mapping;
using Npgsql;

namespace DbMove.PostgreSql.Statements;

/// <content>Writes on the authority: one command a row, all of them in one round trip.</content>
internal sealed partial class PostgreSqlStore<TEntity, TKey, TMap>
{
    public Task<WriteResult<TEntity>> InsertAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        WriteAsync(Own(session), guard, WriteOperation.Insert, rows, cancellationToken);

    public Task<WriteResult<TEntity>> UpdateAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        WriteAsync(Own(session), guard, WriteOperation.Update, rows, cancellationToken);

    public Task<WriteResult<TEntity>> UpdateAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, IReadOnlyList<int> cleared, CancellationToken cancellationToken) =>
        WriteAsync(Own(session), guard, WriteOperation.Update, rows, cancellationToken, _statements.Authority.UpdateThatClears(cleared));

    public Task<WriteResult<TEntity>> UpsertAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        WriteAsync(Own(session), guard, WriteOperation.Upsert, rows, cancellationToken);

    public Task<WriteResult<TEntity>> InsertAbsentAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        WriteAsync(Own(session), guard, WriteOperation.InsertAbsent, rows, cancellationToken);

    public async Task<WriteResult<TEntity>> DeleteAsync(SideSession session, WriteGuard guard, IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return new WriteResult<TEntity>(true, []);
        }

        bool intentsFollow = guard.RecordsIntent
            && (_statements.KeyTextNeedsRow || (_statements.KeyTextMayNeedRow && keys.Any(KeyTextNeedsRow)));
        WriteResult<TEntity> result = await Own(session).RunAsync(
            (Store: this, guard, keys, RecordsIntent: guard.RecordsIntent && !intentsFollow),
            static (batch, state) => state.Store.ComposeDeletes(batch, state.guard, state.keys, state.RecordsIntent),
            static (reader, state, token) => state.Store.ReadWrittenAsync(reader, state.guard, state.keys.Count, token),
            cancellationToken).ConfigureAwait(false);
        return intentsFollow
            ? await RecordIntentsAsync(Own(session), guard, "delete", result, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private static string Form(AuthorityStatement statement, WriteGuard guard, bool recordsIntent) =>
        recordsIntent ? statement.Recorded : guard.ChecksControlRow ? statement.Guarded : statement.Plain;

    private async Task<WriteResult<TEntity>> WriteAsync(
        PostgreSqlSession session, WriteGuard guard, WriteOperation operation, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken, AuthorityStatement? update = null)
    {
        if (rows.Count == 0)
        {
            return new WriteResult<TEntity>(true, []);
        }

        bool intentsFollow = guard.RecordsIntent
            && (_statements.KeyTextNeedsRow
                || (_statements.KeyTextMayNeedRow && rows.Any(row => KeyTextNeedsRow(TMap.GetKey(row))))
                || (operation == WriteOperation.Insert && _statements.GeneratesKey && !_statements.FormatsKeyInSql));
        WriteResult<TEntity> result = await session.RunAsync(
            (Store: this, guard, operation, rows, RecordsIntent: guard.RecordsIntent && !intentsFollow, Update: update ?? _statements.Authority.Update),
            static (batch, state) => state.Store.ComposeWrites(batch, state.guard, state.operation, state.rows, state.RecordsIntent, state.Update),
            static (reader, state, token) => state.Store.ReadWrittenAsync(reader, state.guard, state.rows.Count, token),
            cancellationToken).ConfigureAwait(false);
        return intentsFollow
            ? await RecordIntentsAsync(session, guard, WordOf(operation), result, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private static string WordOf(WriteOperation operation) => operation switch
    {
        WriteOperation.Insert => "insert",
        WriteOperation.Update => "update",
        _ => "upsert",
    };

    // Whether only the stored row tells the text of this key.
    private bool KeyTextNeedsRow(TKey key)
    {
        StoredKeyProbe probe = default;
        for (int position = 0; position < _statements.Keys.Length; position++)
        {
            probe.Column = _statements.Keys[position];
            TMap.WriteKey(key, position, ref probe);
        }

        return probe.MayDiffer;
    }

    private void ComposeDeletes(NpgsqlBatch batch, WriteGuard guard, IReadOnlyList<TKey> keys, bool recordsIntent)
    {
        string text = Form(_statements.Authority.Delete, guard, recordsIntent);
        foreach (TKey key in keys)
        {
            NpgsqlParameterCollection parameters = AddCommand(batch, text);
            BindKey(parameters, _statements.Keys, key);
            if (BindGuard(parameters, guard, recordsIntent))
            {
                AddText(parameters, TMap.FormatKey(key));
            }
        }
    }

    private void ComposeWrites(NpgsqlBatch batch, WriteGuard guard, WriteOperation operation, IReadOnlyList<TEntity> rows, bool recordsIntent, AuthorityStatement update)
    {
        (AuthorityStatement statement, ColumnBinding[] columns) = operation switch
        {
            WriteOperation.Insert => (_statements.Authority.Insert, _statements.InsertColumns),
            WriteOperation.Update => (update, _statements.UpdateColumns),
            WriteOperation.InsertAbsent => (_statements.Authority.InsertAbsent, _statements.UpsertColumns),
            _ => (_statements.Authority.Upsert, _statements.UpsertColumns),
        };
        string text = Form(statement, guard, recordsIntent);
        foreach (TEntity row in rows)
        {
            NpgsqlParameterCollection parameters = AddCommand(batch, text);
            BindColumns(parameters, columns, row);
            if (operation == WriteOperation.Update)
            {
                BindKey(parameters, _statements.Keys, TMap.GetKey(row));
            }

            if (!BindGuard(parameters, guard, recordsIntent))
            {
                continue;
            }

            string key = TMap.FormatKey(TMap.GetKey(row));
            if (operation == WriteOperation.Insert && _statements.FormatsKeyInSql)
            {
                BindGivenKeyParts(parameters, key);
            }
            else
            {
                AddText(parameters, key);
            }
        }
    }

    // Returns whether the key of an intent is to follow.
    private bool BindGuard(NpgsqlParameterCollection parameters, WriteGuard guard, bool recordsIntent)
    {
        if (guard.ChecksControlRow)
        {
            AddText(parameters, _statements.Definition.Control.Migration);
            AddInt64(parameters, guard.Epoch);
            AddText(parameters, guard.Stage.ToWireName());
        }

        if (recordsIntent)
        {
            AddText(parameters, _statements.Definition.Entity.Name);
        }

        return recordsIntent;
    }

    // The parts that the application gives, as JSON strings; the statement fills in the others.
    private void BindGivenKeyParts(NpgsqlParameterCollection parameters, string key)
    {
        string[] parts = KeyText.Split(key, _statements.Keys.Length);
        for (int position = 0; position < parts.Length; position++)
        {
            if (_statements.Keys[position].Column.Generated == GeneratedValue.None)
            {
                // Without the brackets of the array.
                AddText(parameters, KeyText.Join(parts[position])[1..^1]);
            }
        }
    }

    private async Task<WriteResult<TEntity>> ReadWrittenAsync(
        NpgsqlDataReader reader, WriteGuard guard, int count, CancellationToken cancellationToken)
    {
        WrittenRow<TEntity>?[] rows = new WrittenRow<TEntity>?[count];
        bool matched = true;
        for (int index = 0; index < count; index++)
        {
            if (index > 0)
            {
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            }

            if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            if (!guard.ChecksControlRow)
            {
                rows[index] = new WrittenRow<TEntity>(ReadRow(reader, offset: 0), 0);
            }
            else if (!reader.GetBoolean(0))
            {
                matched = false;
            }
            else if (!reader.IsDBNull(1))
            {
                rows[index] = new WrittenRow<TEntity>(ReadRow(reader, offset: 2), reader.GetInt64(1));
            }
        }

        return matched ? new WriteResult<TEntity>(true, rows) : WriteResult<TEntity>.StageMismatch;
    }

    // Where only the row as it is stored tells the key's text, the intents follow in a statement of their own.
    private async Task<WriteResult<TEntity>> RecordIntentsAsync(
        PostgreSqlSession session, WriteGuard guard, string operation, WriteResult<TEntity> written, CancellationToken cancellationToken)
    {
        if (!written.Rows.Any(row => row.HasValue))
        {
            return written;
        }

        return await session.RunAsync(
            (Store: this, guard, operation, written.Rows),
            static (batch, state) =>
            {
                foreach (WrittenRow<TEntity>? row in state.Rows)
                {
                    if (row is { } present)
                    {
                        state.Store.ComposeIntent(batch, state.guard, state.operation, TMap.GetKey(present.Image));
                    }
                }
            },
            static async (reader, state, token) =>
            {
                WrittenRow<TEntity>?[] rows = new WrittenRow<TEntity>?[state.Rows.Count];
                for (int index = 0; index < rows.Length; index++)
                {
                    if (state.Rows[index] is { } present)
                    {
                        await reader.ReadAsync(token).ConfigureAwait(false);
                        rows[index] = new WrittenRow<TEntity>(present.Image, reader.GetInt64(0));
                        await reader.NextResultAsync(token).ConfigureAwait(false);
                    }
                }

                return new WriteResult<TEntity>(true, rows);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private void ComposeIntent(NpgsqlBatch batch, WriteGuard guard, string operation, TKey key)
    {
        NpgsqlParameterCollection parameters = AddCommand(batch, _statements.Authority.RecordIntent);
        AddText(parameters, _statements.Definition.Control.Migration);
        AddText(parameters, _statements.Definition.Entity.Name);
        AddText(parameters, TMap.FormatKey(key));
        AddText(parameters, operation);
        AddInt64(parameters, guard.Epoch);
    }
}

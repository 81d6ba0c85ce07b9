using DbMove.Dialects;
using Npgsql;

namespace DbMove.PostgreSql.Statements;

/// <content>Inserts what is missing: COPY straight into the table, and through a temporary table after a clash.</content>
internal sealed partial class PostgreSqlStore<TEntity, TKey, TMap>
{
    // Below this, COPY's extra round trips cost more than they save.
    private const int CopyRows = 64;

    public async Task<int> InsertMissingAsync(SideSession session, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken)
    {
        PostgreSqlSession own = Own(session);
        if (rows.Count == 0)
        {
            return 0;
        }

        // COPY takes no expressions, which arrays are made by.
        if (rows.Count < CopyRows || !own.InTransaction || _statements.ImageColumns.Any(column => column.Type == PostgreSqlType.Array))
        {
            return await InsertMissingRowsAsync(own, rows, cancellationToken).ConfigureAwait(false);
        }

        bool succeeded = false;
        try
        {
            int inserted = await CopyMissingAsync(own, rows, cancellationToken).ConfigureAwait(false);
            succeeded = true;
            return inserted;
        }
        finally
        {
            if (!succeeded)
            {
                own.Doom();
            }
        }
    }

    private Task<int> InsertMissingRowsAsync(PostgreSqlSession session, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        session.RunAsync(
            (_statements, rows),
            static (batch, state) => BindColumnArrays(
                AddCommand(batch, state._statements.Follower.InsertMissingMany), state._statements.ImageColumns, state.rows),
            static (reader, _, token) => CountAsync(reader, token),
            cancellationToken);

    private async Task<int> CopyMissingAsync(PostgreSqlSession session, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken)
    {
        session.Queue("SAVEPOINT dbmove_copy");
        await session.FlushAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await CopyAsync(session, _statements.Follower.CopyIn, rows, cancellationToken).ConfigureAwait(false);
            session.Queue("RELEASE SAVEPOINT dbmove_copy");
            return rows.Count;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // COPY cannot skip a row that is there. The clash may also be on another unique index: then the insert below
            // meets it again, and it is an error.
            session.Queue("ROLLBACK TO SAVEPOINT dbmove_copy");
            session.Queue("RELEASE SAVEPOINT dbmove_copy");
        }

        session.Queue(_statements.Follower.CreateLoad);
        await session.FlushAsync(cancellationToken).ConfigureAwait(false);
        await CopyAsync(session, _statements.Follower.CopyLoad, rows, cancellationToken).ConfigureAwait(false);
        int inserted = await session.ExecuteAsync(_statements.Follower.InsertLoaded, default, cancellationToken).ConfigureAwait(false);
        session.Queue("DROP TABLE pg_temp.dbmove_load");
        return inserted;
    }

    private async Task CopyAsync(PostgreSqlSession session, string command, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken)
    {
        NpgsqlRawCopyStream stream = await session.Connection.BeginRawBinaryCopyAsync(command, cancellationToken).ConfigureAwait(false);
        bool complete = false;
        try
        {
            using CopyBuffer buffer = new();
            buffer.WriteHeader();
            foreach (TEntity row in rows)
            {
                Encode(buffer, row);
                if (buffer.Length >= CopyBuffer.SendThreshold)
                {
                    await stream.WriteAsync(buffer.Written, cancellationToken).ConfigureAwait(false);
                    buffer.Clear();
                }
            }

            buffer.WriteTrailer();
            await stream.WriteAsync(buffer.Written, cancellationToken).ConfigureAwait(false);
            complete = true;
        }
        finally
        {
            // Disposing says "done" to the server, so what is not complete must be cancelled first.
            if (!complete)
            {
                try
                {
                    await stream.CancelAsync().ConfigureAwait(false);
                }
                catch (ObjectDisposedException)
                {
                    // The connection broke and the driver has ended the COPY: what broke it is the error, and worth another try.
                }
            }

            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Encode(CopyBuffer buffer, TEntity row)
    {
        buffer.WriteInt16((short)_statements.ImageColumns.Length);
        ConvertingSink<CopyValues> sink = new(new CopyValues(buffer));
        foreach (ColumnBinding column in _statements.ImageColumns)
        {
            sink.Column = column;
            TMap.WriteColumn(row, column.Column.Ordinal, ref sink);
        }
    }
}

using System.Data;
using System.Data.Common;
using DbMove.Dialects;
using Npgsql;

namespace DbMove.PostgreSql.Sessions;

/// <content>Sends statements, what is queued in front of them.</content>
internal sealed partial class PostgreSqlSession
{
    public override Task<int> ExecuteAsync(string sql, ReadOnlyMemory<SqlArgument> arguments, CancellationToken cancellationToken) =>
        RunAsync(
            (sql, arguments),
            static (batch, state) => batch.BatchCommands.Add(ControlCommand.Create(state.sql, state.arguments.Span)),
            static async (reader, _, token) => await DrainAsync(reader, null, token).ConfigureAwait(false),
            cancellationToken);

    public override Task<List<T>> QueryAsync<T>(
        string sql, ReadOnlyMemory<SqlArgument> arguments, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(
            (sql, arguments, read),
            static (batch, state) => batch.BatchCommands.Add(ControlCommand.Create(state.sql, state.arguments.Span)),
            static async (reader, state, token) =>
            {
                List<T> rows = [];
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    rows.Add(state.read(reader));
                }

                return rows;
            },
            cancellationToken);

    public override async ValueTask<DbCommand> CreateCommandAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await ReadyAsync(cancellationToken).ConfigureAwait(false);

        // The server tells every change of it by itself, so asking costs nothing. Set to on it would give the callers' texts another meaning.
        if (_connection.PostgresParameters.TryGetValue("standard_conforming_strings", out string? isStandard) && isStandard == "off")
        {
            throw new NotSupportedException(
                $"The server takes a backslash in a text for an escape (standard_conforming_strings = off), so DualWriteDataSource cannot tell where a text ends: {_database.DisplayName}. Set it to on for the role or the database (ALTER ROLE … SET standard_conforming_strings = on) and write E'…' where an escape is meant.");
        }

        _isUnsure = InTransaction;
        return _connection.CreateCommand();
    }

    /// <summary>Reads one text.</summary>
    internal async Task<string?> ReadScalarAsync(string sql, CancellationToken cancellationToken)
    {
        List<string?> rows = await QueryAsync(sql, default, static row => row.IsDBNull(0) ? null : row.GetString(0), cancellationToken)
            .ConfigureAwait(false);
        return rows is [string value, ..] ? value : null;
    }

    /// <summary>Puts a statement without parameters in front of the next one.</summary>
    internal void Queue(string sql) => _queue.Add(new NpgsqlBatchCommand(sql));

    /// <summary>
    /// Runs one batch: what is queued, then what <paramref name="compose"/> adds. The reader stands on the first result of
    /// the latter. Any exception inside a transaction, also one of composing or reading, dooms it.
    /// </summary>
    internal Task<TResult> RunAsync<TState, TResult>(
        TState state,
        Action<NpgsqlBatch, TState> compose,
        Func<NpgsqlDataReader, TState, CancellationToken, Task<TResult>> read,
        CancellationToken cancellationToken) =>
        BoundAsync(token => SendAsync(state, compose, read, token), cancellationToken);

    private async Task<TResult> SendAsync<TState, TResult>(
        TState state,
        Action<NpgsqlBatch, TState> compose,
        Func<NpgsqlDataReader, TState, CancellationToken, Task<TResult>> read,
        CancellationToken cancellationToken)
    {
        bool succeeded = false;
        try
        {
            await ReadyAsync(cancellationToken).ConfigureAwait(false);
            using NpgsqlBatch batch = _connection.CreateBatch();
            foreach (NpgsqlBatchCommand queued in _queue)
            {
                batch.BatchCommands.Add(queued);
            }

            int skip = _queuedResults;
            _queue.Clear();
            _queuedResults = 0;
            compose(batch, state);
            TResult result;
            NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                for (; skip > 0; skip--)
                {
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                result = await read(reader, state, cancellationToken).ConfigureAwait(false);

                // A later statement's error arrives with its result: read them all before believing in success.
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                }
            }

            // A transaction that had failed would have refused it.
            succeeded = true;
            _isUnsure = false;
            return result;
        }
        finally
        {
            _doomed |= !succeeded && InTransaction;
        }
    }

    /// <summary>Marks the transaction as lost after an error of a bulk path.</summary>
    internal void Doom() => _doomed |= InTransaction;

    internal void ThrowIfDoomed()
    {
        if (_doomed || _abandoned is not null)
        {
            throw new DoomedSessionException();
        }
    }

    private static async Task<int> DrainAsync(NpgsqlDataReader reader, object? state, CancellationToken cancellationToken)
    {
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return Math.Max(0, reader.RecordsAffected);
    }

    /// <summary>
    /// Commits. A failed transaction the server rolls back at COMMIT, and reports no error; Npgsql does not tell either. So where one
    /// may have failed unseen, a statement goes ahead in the same round trip: it is refused then, and the COMMIT behind it not run.
    /// </summary>
    private async Task SendCommitAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (!_isUnsure)
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        using NpgsqlBatch batch = _connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT 1"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        ThrowIfDoomed();
        if (_transaction is not null)
        {
            return;
        }

        // The server ended this connection earlier, and no transaction was lost with it: take another one.
        if (_connection.FullState != ConnectionState.Open)
        {
            await _connection.CloseAsync().ConfigureAwait(false);
            await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_start is not null)
        {
            // Npgsql sends BEGIN with the next command, not now.
            _transaction = await _connection.BeginTransactionAsync(_start.Isolation, cancellationToken).ConfigureAwait(false);
        }
    }
}

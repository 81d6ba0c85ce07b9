using System.Data;
using System.Data.Common;
using DbMove.Dialects;
using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Sessions;

/// <summary>
/// One connection. Begin, fence and key locks wait in a queue and travel in front of the next statement, in one batch and
/// one round trip. The server runs a batch in order and skips the rest after an error.
/// </summary>
internal sealed class PostgreSqlSession : SideSession
{
    private static readonly Func<NpgsqlDataReader, object?, CancellationToken, Task<int>> s_drain = DrainAsync;

    private readonly PostgreSqlDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly List<NpgsqlBatchCommand> _queue = [];
    private NpgsqlTransaction? _transaction;
    private TransactionStart? _start;
    private int _queuedResults;
    private bool _doomed;

    public PostgreSqlSession(PostgreSqlDatabase database, NpgsqlConnection connection)
    {
        _database = database;
        _connection = connection;
    }

    public override SideDatabase Database => _database;

    public override bool InTransaction => _start is not null;

    /// <summary>The connection, for bulk paths that have a protocol of their own.</summary>
    internal NpgsqlConnection Connection => _connection;

    public override ValueTask BeginAsync(TransactionStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (InTransaction)
        {
            throw new InvalidOperationException("The session has a transaction already.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        TransactionPrologue? prologue = start.Fence == FenceMode.None ? null : _database.Prologue;
        (string lockTimeout, string idleTimeout) = _database.Timeouts.For(start);
        Queue(lockTimeout);
        Queue(idleTimeout);
        if (_database.CommitsAsynchronously)
        {
            Queue("SET LOCAL synchronous_commit = on");
        }

        // The fence is the first statement that waits, and everything before it takes no snapshot: whatever the isolation,
        // the control row that is read next is the one that holds while the fence is held.
        if (prologue is not null)
        {
            Queue(start.Fence == FenceMode.Shared ? prologue.SharedFence : prologue.ExclusiveFence);
        }

        _start = start;
        return ValueTask.CompletedTask;
    }

    public override ValueTask LockKeysAsync(IReadOnlyList<int> stripes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stripes);
        if (!InTransaction)
        {
            throw new InvalidOperationException("Key locks last until a transaction ends, and there is none.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfDoomed();
        if (stripes.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        bool single = stripes.Count == 1;
        NpgsqlBatchCommand command = new(single
            ? "SELECT pg_advisory_xact_lock($1, $2)"
            : "SELECT pg_advisory_xact_lock($1, s) FROM unnest($2) AS s");
        command.Parameters.Add(new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer, TypedValue = _database.Prologue.KeyLockSpace });
        command.Parameters.Add(single
            ? new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer, TypedValue = stripes[0] }
            : new NpgsqlParameter<int[]> { NpgsqlDbType = NpgsqlDbType.Integer | NpgsqlDbType.Array, TypedValue = [.. stripes] });
        _queue.Add(command);
        _queuedResults++;
        return ValueTask.CompletedTask;
    }

    public override async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_queue.Count > 0 || (InTransaction && _transaction is null))
        {
            await RunAsync(null, static (_, _) => { }, s_drain, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task CheckDeferredConstraintsAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", default, cancellationToken);

    public override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (!InTransaction)
        {
            throw new InvalidOperationException("The session has no transaction to commit.");
        }

        ThrowIfDoomed();
        NpgsqlTransaction? transaction = _transaction;
        if (transaction is null)
        {
            Forget();
            return;
        }

        // Key locks that no statement followed protect nothing; they are not worth a round trip before the commit.
        bool committed = false;
        try
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            committed = true;
        }
        finally
        {
            _doomed |= !committed;
        }

        await transaction.DisposeAsync().ConfigureAwait(false);
        Forget();
    }

    public override async ValueTask RollbackAsync()
    {
        NpgsqlTransaction? transaction = _transaction;
        Forget();
        if (transaction is null)
        {
            return;
        }

        try
        {
            if (_connection.FullState == ConnectionState.Open)
            {
                await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
            }

            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // The connection is gone or was ended by the server, which rolls back by itself. A connection in doubt must not
            // go back to the pool with a transaction open: closing it resets or breaks it.
            await _connection.CloseAsync().ConfigureAwait(false);
        }
    }

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

    public override async ValueTask DisposeAsync()
    {
        await RollbackAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
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
    internal async Task<TResult> RunAsync<TState, TResult>(
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

            succeeded = true;
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
        if (_doomed)
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

    private void Forget()
    {
        _transaction = null;
        _start = null;
        _queue.Clear();
        _queuedResults = 0;
        _doomed = false;
    }
}

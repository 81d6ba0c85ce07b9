using System.Data;
using System.Data.Common;
using System.Globalization;
using DbMove.Dialects;
using DbMove.Mapping;
using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Sessions;

/// <summary>
/// One connection. Begin, fence and key locks wait in a queue and travel in front of the next statement, in one batch and
/// one round trip. The server runs a batch in order and skips the rest after an error.
/// </summary>
internal sealed partial class PostgreSqlSession : SideSession
{
    private static readonly Func<NpgsqlDataReader, object?, CancellationToken, Task<int>> s_drain = DrainAsync;

    private const string ReadOnlyPart = "dbmove_read_only";

    private readonly PostgreSqlDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly List<NpgsqlBatchCommand> _queue = [];
    private NpgsqlTransaction? _transaction;
    private TransactionStart? _start;
    private int _queuedResults;
    private bool _doomed;
    private bool _isReadOnlyPart;

    /// <summary>Whether a command was given out since the session's own last statement: its errors need not come this way.</summary>
    private bool _isUnsure;

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
        Queue(_database.DurableCommit);

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

    public override Task TakeFenceAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(_database.Prologue.SharedFence, default, cancellationToken);

    public override Task LimitLockWaitsAsync(TimeSpan most, CancellationToken cancellationToken) => InTransaction
        ? ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SET LOCAL lock_timeout = {Math.Max(1, (long)most.TotalMilliseconds)}"), default, cancellationToken)
        : throw new InvalidOperationException("The bound lasts until a transaction ends, and there is none.");

    // SHARE conflicts with the lock of every write and not with itself, so two that wait do not hinder each other.
    public override Task WaitForWritersAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return !InTransaction ? throw new InvalidOperationException("Table locks last until a transaction ends, and there is none.")
            : tables.Count == 0 ? Task.CompletedTask
            : ExecuteAsync($"LOCK TABLE {string.Join(", ", tables.Select(PostgreSqlSyntax.Instance.Quote))} IN SHARE MODE", default, cancellationToken);
    }

    public override Task CheckDeferredConstraintsAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", default, cancellationToken);

    public override ValueTask BeginReadOnlyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfDoomed();
        if (_start is null)
        {
            _start = new TransactionStart();
        }
        else
        {
            // What is read-only stays so until the transaction is over; only a part of it that is rolled back lets go of it.
            Queue("SAVEPOINT " + ReadOnlyPart);
            _isReadOnlyPart = true;
        }

        Queue("SET TRANSACTION READ ONLY");
        return ValueTask.CompletedTask;
    }

    public override async ValueTask EndReadOnlyAsync(CancellationToken cancellationToken)
    {
        if (!_isReadOnlyPart)
        {
            // It has written nothing that could be lost.
            _isUnsure = false;
            await CommitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        // Sent at once: a commit that came next would be that of a read-only transaction.
        _isReadOnlyPart = false;
        Queue("ROLLBACK TO SAVEPOINT " + ReadOnlyPart);
        Queue("RELEASE SAVEPOINT " + ReadOnlyPart);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

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
            committed = await BoundAsync(
                async token =>
                {
                    await SendCommitAsync(transaction, token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
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
        if (transaction is null || _abandoned is not null)
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

    public override async ValueTask DisposeAsync()
    {
        await RollbackAsync().ConfigureAwait(false);
        if (_abandoned is { } abandoned)
        {
            _ = DisposeLaterAsync(abandoned);
            return;
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private void Forget()
    {
        _transaction = null;
        _start = null;
        _queue.Clear();
        _queuedResults = 0;
        _doomed = false;
        _isReadOnlyPart = false;
        _isUnsure = false;
    }
}

using System.Data.Common;
using DbMove.Dialects;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite.Sessions;

/// <summary>
/// One pooled connection in use. SQLite runs in this process, so nothing is delayed: begin takes the lock at once. All work
/// is synchronous inside; only waiting for the write lock is not.
/// </summary>
internal sealed partial class SqliteSession : SideSession
{
    private static readonly StatementText s_begin = new("BEGIN DEFERRED");
    private static readonly StatementText s_beginWrite = new("BEGIN IMMEDIATE");
    private static readonly StatementText s_commit = new("COMMIT");
    private static readonly StatementText s_rollback = new("ROLLBACK");
    private static readonly TransactionStart s_ownTransaction = new();

    private readonly SqliteDatabase _database;
    private readonly SqliteLink _link;
    private bool _holdsGate;
    private bool _isDoomed;
    private bool _isSuspect;
    private bool _isDisposed;
    private bool _inTransaction;
    private TimeSpan _lockTimeout;
    private ControlPosition? _position;

    public SqliteSession(SqliteDatabase database, SqliteLink link)
    {
        _database = database;
        _link = link;
    }

    public override SideDatabase Database => _database;

    public override bool InTransaction => _inTransaction;

    /// <summary>Whether a transaction is open that holds the file's write lock, and with it every row.</summary>
    public bool HoldsWriteLock => _holdsGate;

    /// <summary>The dialect's session behind a session that a caller handed over.</summary>
    public static SqliteSession Of(SideSession session) =>
        session as SqliteSession ?? throw new ArgumentException("The session belongs to another dialect.", nameof(session));

    public override async ValueTask BeginAsync(TransactionStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_inTransaction)
        {
            throw new InvalidOperationException("The session has a transaction already.");
        }

        if (_link.Use == SessionUse.Read && start.Fence != FenceMode.None)
        {
            throw new InvalidOperationException("A fence needs a session that was opened for writing.");
        }

        _lockTimeout = start.LockTimeout;
        _position = null;
        if (_link.Use == SessionUse.Write)
        {
            await BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _link.SetBusyTimeout(_lockTimeout);
            Check(_link.Prepare(s_begin).TryRun());
        }

        _inTransaction = true;
    }

    /// <summary>The transaction's lock covers the whole file: every key is locked.</summary>
    public override ValueTask LockKeysAsync(IReadOnlyList<int> stripes, CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        return ValueTask.CompletedTask;
    }

    public override ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        return ValueTask.CompletedTask;
    }

    public override Task CheckDeferredConstraintsAsync(CancellationToken cancellationToken) =>
        RunAsync(
            false,
            static (link, _) => link.HasOpenForeignKeys
                ? throw new SqliteException("SQLite Error 19: 'FOREIGN KEY constraint failed'.", raw.SQLITE_CONSTRAINT, raw.SQLITE_CONSTRAINT_FOREIGNKEY)
                : true,
            cancellationToken);

    public override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        if (!_inTransaction)
        {
            throw new InvalidOperationException("The session has no transaction to commit.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        bool isDone = false;
        try
        {
            if (!_link.HasTransaction)
            {
                throw new InvalidOperationException("SQLite ended the transaction by itself; nothing was committed.");
            }

            // Without the write-ahead log a commit waits for readers of other connections; it may be tried again.
            int code = await RunPatientlyAsync(s_commit, cancellationToken).ConfigureAwait(false);
            Check(code);
            isDone = true;
        }
        finally
        {
            _isDoomed = !isDone;
        }

        EndTransaction();
    }

    public override ValueTask RollbackAsync()
    {
        if (_inTransaction)
        {
            _link.ResetAll();
            if (_link.HasTransaction && _link.Prepare(s_rollback).TryRun() != raw.SQLITE_OK)
            {
                // Closing the connection rolls back too.
                _isSuspect = true;
                _link.Dispose();
            }

            EndTransaction();
        }

        return ValueTask.CompletedTask;
    }

    public override Task<int> ExecuteAsync(string sql, ReadOnlyMemory<SqlArgument> arguments, CancellationToken cancellationToken)
    {
        // The statement may change the control row that this transaction has read.
        _position = null;
        return RunAsync(!StatementKind.IsRead(sql), (link, _) => link.Execute(sql, arguments.Span), cancellationToken);
    }

    public override Task<List<T>> QueryAsync<T>(string sql, ReadOnlyMemory<SqlArgument> arguments, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(!StatementKind.IsRead(sql), (link, token) => link.Query(sql, arguments.Span, read, token), cancellationToken);

    public override ValueTask<DbCommand> CreateCommandAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        cancellationToken.ThrowIfCancellationRequested();

        // What it does to the control row, if anything, nobody knows.
        _position = null;
        return ValueTask.FromResult(_link.CreateCommand());
    }

    /// <summary>Runs statements on the connection. What writes outside a transaction gets one of its own. A failure dooms the transaction.</summary>
    public async Task<T> RunAsync<T>(bool writes, Func<SqliteLink, CancellationToken, T> run, CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        cancellationToken.ThrowIfCancellationRequested();
        if (_inTransaction || !writes || _link.Use == SessionUse.Read)
        {
            return Run(run, cancellationToken);
        }

        await BeginAsync(s_ownTransaction, cancellationToken).ConfigureAwait(false);
        try
        {
            T result = Run(run, cancellationToken);
            await CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        finally
        {
            await RollbackAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The control row's epoch and stage, read once in a transaction: the fence keeps them as they are.</summary>
    public bool Matches(WriteGuard guard, Func<SqliteLink, ControlPosition> read)
    {
        if (!guard.ChecksControlRow)
        {
            return true;
        }

        _position ??= read(_link);
        return _position.Value.Matches(guard);
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            await RollbackAsync().ConfigureAwait(false);
            _isDisposed = true;
            _database.Return(_link, isUsable: !_isSuspect);
        }
    }

    private T Run<T>(Func<SqliteLink, CancellationToken, T> run, CancellationToken cancellationToken)
    {
        bool isDone = false;
        try
        {
            T result = run(_link, cancellationToken);
            isDone = true;
            return result;
        }
        catch (SqliteException failure) when (FailureClassifier.IsConnectionSuspect(failure))
        {
            _isSuspect = true;
            throw;
        }
        finally
        {
            if (!isDone)
            {
                _isDoomed = _inTransaction;
                _link.ResetAll();
            }
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isDoomed)
        {
            throw new InvalidOperationException("An earlier statement of this transaction failed: it can only be rolled back.");
        }
    }
}

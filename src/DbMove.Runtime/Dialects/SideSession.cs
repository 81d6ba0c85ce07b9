using System.Data.Common;
using DbMove.Mapping;

namespace DbMove.Dialects;

/// <summary>
/// One connection to one side, with at most one transaction at a time. Disposing it rolls back what is open and returns
/// the connection clean. Not thread-safe.
/// </summary>
/// <remarks>
/// A dialect may delay <see cref="BeginAsync"/> and <see cref="LockKeysAsync"/> and send them with the next statement in
/// one round trip, in the order called: begin, fence, key locks, statement. Every exception of the driver passes through
/// unchanged; <see cref="SideDatabase.Classify"/> tells what it means. After an exception inside a transaction the session
/// is doomed: it sends nothing more but a rollback, and a commit throws <see cref="InvalidOperationException"/>, because
/// after some errors an engine would run the next statement outside the transaction.
/// </remarks>
public abstract class SideSession : IAsyncDisposable
{
    /// <summary>The side's database.</summary>
    public abstract SideDatabase Database { get; }

    /// <summary>Whether a transaction was begun and neither committed nor rolled back.</summary>
    public abstract bool InTransaction { get; }

    /// <summary>
    /// Begins a transaction. Its first statement takes the fence, before anything that would take a snapshot.
    /// </summary>
    public abstract ValueTask BeginAsync(TransactionStart start, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the key locks of these stripes until the transaction ends, in a statement of its own, in ascending order.
    /// Needed where a lock on an absent row cannot be had otherwise; elsewhere does nothing.
    /// </summary>
    /// <param name="stripes">Ascending, distinct.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public abstract ValueTask LockKeysAsync(IReadOnlyList<int> stripes, CancellationToken cancellationToken);

    /// <summary>Sends what was delayed, now. Returns when the fence and the key locks are held.</summary>
    public abstract ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes the fence, shared, in a transaction that was begun without it. Does nothing where the transaction's own write
    /// lock is the fence (SQLite).
    /// </summary>
    public virtual Task TakeFenceAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Waits, within the lock time-out, until every transaction that has written these tables is over, and keeps new ones
    /// out until this transaction ends. Does nothing where the transaction's own write lock does that (SQLite).
    /// </summary>
    public virtual Task WaitForWritersAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Bounds anew, until the transaction ends, how long its statements wait for locks. Does nothing where there is one lock for all,
    /// which the transaction holds (SQLite).
    /// </summary>
    public virtual Task LimitLockWaitsAsync(TimeSpan most, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Checks now the constraints that the transaction would check at its commit, so that the commit cannot fail on them.
    /// Does nothing where the engine has none.
    /// </summary>
    public virtual Task CheckDeferredConstraintsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Commits durably. A failure goes through <see cref="SideDatabase.ClassifyCommit"/>: unknown outcome, or certainly not committed.
    /// </summary>
    public abstract ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <summary>Rolls back. Never throws for a connection that is gone: the server rolls back by itself.</summary>
    public abstract ValueTask RollbackAsync();

    /// <summary>Runs a statement on the control tables, after what was delayed.</summary>
    /// <returns>Rows affected.</returns>
    public abstract Task<int> ExecuteAsync(string sql, ReadOnlyMemory<SqlArgument> arguments, CancellationToken cancellationToken);

    /// <summary>Runs a query on the control tables, after what was delayed, and reads all its rows.</summary>
    public abstract Task<List<T>> QueryAsync<T>(string sql, ReadOnlyMemory<SqlArgument> arguments, Func<DbDataReader, T> read, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a command of the driver's on this session's connection, after what was delayed was sent: inside the session's
    /// transaction it runs in it. The caller disposes it before the session's next call, and rolls the session back after
    /// any exception of it.
    /// </summary>
    /// <exception cref="NotSupportedException">The dialect gives out no commands, so <see cref="DualWriteDataSource"/> cannot use it.</exception>
    public virtual ValueTask<DbCommand> CreateCommandAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"The dialect {Database.Dialect} gives out no commands of its driver, so DualWriteDataSource cannot use it.");

    /// <summary>
    /// Closes a command of this session and its reader, whose rest nobody wants: the server is asked to make no more of it, which ends
    /// an open transaction there. What the rest would have said stays unsaid.
    /// </summary>
    /// <remarks>Where the server does not answer, a dialect ends all the same; the session can only be disposed then.</remarks>
    public virtual async ValueTask AbandonAsync(DbCommand command, DbDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            command.Cancel();
            await reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (DbException)
        {
            // It says that it was cancelled, or what nobody read as far as; and nobody reads on.
        }
        finally
        {
            await command.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Makes the server refuse, by an exception with SQLSTATE 25006, whatever would write until <see cref="EndReadOnlyAsync"/>: in a
    /// transaction that is begun here, or within the one that is open, which stays whole. Does nothing where a query cannot write
    /// (<see cref="SqlLexicon.HarmlessFunctions"/> is null). Not nested.
    /// </summary>
    public virtual ValueTask BeginReadOnlyAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Lets writes through again, also after such an exception. Within a transaction what was done since is undone; a transaction
    /// begun for it is committed.
    /// </summary>
    public virtual ValueTask EndReadOnlyAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

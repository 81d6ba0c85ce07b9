using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DbMove.AdoNet.Execution;
using DbMove.AdoNet.Readers;

namespace DbMove.AdoNet;

/// <summary>
/// A transaction of a <see cref="DualWriteConnection"/>: a <see cref="DualWriteTransaction"/> behind ADO.NET's members. It
/// commits on the authority; the follower receives one final image of every row it touched. Any error of the authority ends it,
/// whatever savepoints it has.
/// </summary>
public sealed class DualWriteDbTransaction : DbTransaction
{
    private readonly DualWriteConnection _connection;
    private readonly IDisposable _entry;
    private bool _isOver;

    internal DualWriteDbTransaction(DualWriteConnection connection, DualWriteTransaction inner, IsolationLevel isolation, IDisposable entry)
    {
        (_connection, DualWrite, IsolationLevel, _entry) = (connection, inner, isolation, entry);
    }

    /// <summary>The transaction itself: pass it to repositories that shall take part. Commit and roll back here, not there.</summary>
    public DualWriteTransaction DualWrite { get; }

    /// <summary>Isolation on the authority; the follower is always written read committed.</summary>
    public override IsolationLevel IsolationLevel { get; }

    /// <inheritdoc/>
    public override bool SupportsSavepoints => true;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection => _isOver ? null : _connection;

    /// <summary>The reader of the driver's that was opened last: while it is open nothing else can run here.</summary>
    internal DriverReader? Reader { get; set; }

    /// <summary>Commits. When this returns, the write is never lost.</summary>
    /// <exception cref="InvalidOperationException">
    /// A reader of the transaction is still open, and the transaction goes on: close the reader and commit again, or roll back. Or it
    /// is over.
    /// </exception>
    /// <exception cref="DbException">The authority refused the commit, and nothing was committed: its driver's own exception.</exception>
    /// <exception cref="FollowerWriteException">Strict mode: the follower refused; nothing was committed.</exception>
    /// <exception cref="CommitOutcomeUnknownException">
    /// The connection was lost while the authority committed. It is no <see cref="DbException"/>, so that no retry written for
    /// the driver's errors repeats what may have been done.
    /// </exception>
    public override void Commit() => CommitAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Commit"/>
    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await DriverFailure.SurfaceAsync(DualWrite.CommitAsync(cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            // Refused for an open reader it is as open as before, and its disposal must still roll it back.
            if (!DualWrite.IsOpen)
            {
                await EndAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Rolls back, after closing a reader that is still open. Nothing of the transaction remains on either side.</summary>
    public override void Rollback() => RollbackAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Rollback()"/>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "Both are ADO.NET's.")]
    public override async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The transaction is over.");
        }

        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Sets a savepoint.</summary>
    public override void Save(string savepointName) => SaveAsync(savepointName).GetAwaiter().GetResult();

    /// <inheritdoc cref="Save"/>
    public override Task SaveAsync(string savepointName, CancellationToken cancellationToken = default) => DriverFailure.SurfaceAsync(DualWrite.SaveAsync(savepointName, cancellationToken));

    /// <summary>Rolls back to a savepoint: what was written since reaches neither side.</summary>
    public override void Rollback(string savepointName) => RollbackAsync(savepointName).GetAwaiter().GetResult();

    /// <inheritdoc cref="Rollback(string)"/>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "Both are ADO.NET's.")]
    public override Task RollbackAsync(string savepointName, CancellationToken cancellationToken = default) => DriverFailure.SurfaceAsync(DualWrite.RollbackAsync(savepointName, cancellationToken));

    /// <summary>Forgets a savepoint.</summary>
    public override void Release(string savepointName) => ReleaseAsync(savepointName).GetAwaiter().GetResult();

    /// <inheritdoc cref="Release"/>
    public override Task ReleaseAsync(string savepointName, CancellationToken cancellationToken = default) => DriverFailure.SurfaceAsync(DualWrite.ReleaseAsync(savepointName, cancellationToken));

    /// <summary>Closes a reader that is still open, and rolls back what was not committed.</summary>
    public override async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            EndAsync().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private async Task EndAsync()
    {
        if (_isOver)
        {
            return;
        }

        try
        {
            // A driver may read to its end what is left open before it rolls back, and that end may never come.
            if (Reader is { IsClosed: false } reader)
            {
                await reader.AbandonAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await DualWrite.DisposeAsync().ConfigureAwait(false);
            End();
        }
    }

    private void End()
    {
        if (!_isOver)
        {
            _isOver = true;
            _connection.Current = null;
            _entry.Dispose();
        }
    }
}

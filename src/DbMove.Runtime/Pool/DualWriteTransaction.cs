using System.Data;
using System.Diagnostics;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Telemetry;

namespace DbMove;

/// <summary>
/// A transaction over writes of one or several entities. It commits on the authority; in a dual stage the follower
/// receives one final image of every row it touched. Disposing it without a commit rolls everything back. Not thread-safe.
/// </summary>
/// <remarks>
/// A long transaction delays a switch and never loses to it. On SQLite an open transaction holds the file's write lock:
/// keep it short, and pass it to every repository call inside its scope, because a call that does not take part waits for it.
/// </remarks>
public sealed partial class DualWriteTransaction : IAsyncDisposable
{
    private readonly Pool.DualWritePool _pool;
    private readonly IsolationLevel _isolation;
    private readonly Dictionary<EntityBinding, Pool.EntityChanges> _changes = [];
    private readonly Activity? _activity;
    private StageSnapshot _stage;
    private SideSession _authority;
    private bool _verified;
    private State _state;
    private int _busy;
    private bool _ended;
    private bool _outcomeUnknown;

    private DualWriteTransaction(Pool.DualWritePool pool, IsolationLevel isolation, StageSnapshot stage, SideSession authority, Activity? activity)
    {
        _pool = pool;
        _isolation = isolation;
        _stage = stage;
        _authority = authority;
        _activity = activity;
    }

    private enum State
    {
        Open,
        Committed,
        RolledBack,

        /// <summary>An error or a cancellation has ended it.</summary>
        Doomed,
    }

    /// <summary>The stage that the transaction runs in; in an <see cref="InMemoryDatabase"/> the one in which its side alone is written.</summary>
    public Stage Stage => _memory is null ? _stage.Stage : _memory.Database.Authority == Side.Source ? Stage.SourceOnly : Stage.TargetOnly;

    internal Pool.DualWritePool Pool => _pool;

    /// <summary>Whether it commits before its one write returns, so that nobody else sees the images until then.</summary>
    internal bool IsSingleWrite { get; init; }

    /// <summary>Whether the caller has committed it or rolled it back.</summary>
    internal bool WasEndedByCaller => _state is State.Committed or State.RolledBack;

    /// <summary>Whether it was neither ended by the caller nor by an error: what it holds on the authority is held still.</summary>
    internal bool IsOpen => _state == State.Open;

    /// <summary>Whether the authority has committed it, or nobody knows.</summary>
    internal bool MayBeCommitted => _state == State.Committed || _outcomeUnknown;

    /// <summary>
    /// Commits. When this returns, the write is never lost. The token counts until the authority's commit is sent, and is
    /// ignored from there on.
    /// </summary>
    /// <exception cref="WriteFailedException">The authority refused the commit; nothing was committed.</exception>
    /// <exception cref="FollowerWriteException">Strict mode: the follower refused; nothing was committed.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection was lost while the authority committed.</exception>
    /// <exception cref="StageMovedException">It was begun before the migration's first switch and is too old to commit.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        Enter();
        if (_memory is { } memory)
        {
            CommitInMemory(memory);
            return;
        }

        MigrationTracing.Enter(_activity);
        try
        {
            await RecordTouchedAsync(cancellationToken).ConfigureAwait(false);
            await _pool.CommitAsync(_authority, _stage, _isolation, _changes.Values, () => _state = State.Committed, cancellationToken).ConfigureAwait(false);
        }
        catch (CommitOutcomeUnknownException exception)
        {
            _outcomeUnknown = true;
            _activity.Fails(exception);
            throw;
        }
        catch (Exception exception) when (_activity.Fails(exception))
        {
            throw;
        }
        finally
        {
            if (_state == State.Open)
            {
                _state = State.Doomed;
            }

            Leave();
            await _authority.DisposeAsync().ConfigureAwait(false);
            End();
        }
    }

    /// <summary>Rolls back. Nothing of the transaction remains on either side.</summary>
    public async Task RollbackAsync()
    {
        Enter();
        try
        {
            await AbortAsync().ConfigureAwait(false);
            _state = State.RolledBack;
        }
        finally
        {
            Leave();
            End();
        }
    }

    /// <summary>Rolls back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_state == State.Open)
        {
            await AbortAsync().ConfigureAwait(false);
        }

        End();
    }

    internal static async Task<DualWriteTransaction> BeginAsync(Pool.DualWritePool pool, IsolationLevel isolation, CancellationToken cancellationToken, bool isSingleWrite = false)
    {
        isolation = Supported(isolation);
        pool.Lifetime.Enter();
        bool begun = false;
        Activity? activity = pool.Context.Tracing.Start("dbmove.write");
        try
        {
            StageSnapshot stage = await pool.Context.Stage.GetForWriteAsync(cancellationToken).ConfigureAwait(false);
            SideSession authority = await pool.OpenAuthorityAsync(stage, isolation, cancellationToken).ConfigureAwait(false);
            begun = true;
            return new DualWriteTransaction(pool, isolation, stage, authority, activity) { IsSingleWrite = isSingleWrite };
        }
        catch (Exception exception) when (!activity.Fails(exception))
        {
            activity?.Dispose();
            throw;
        }
        finally
        {
            if (!begun)
            {
                pool.Lifetime.Exit();
            }
        }
    }

    private static IsolationLevel Supported(IsolationLevel isolation) => isolation switch
    {
        IsolationLevel.Unspecified => IsolationLevel.ReadCommitted,
        IsolationLevel.ReadCommitted or IsolationLevel.RepeatableRead or IsolationLevel.Serializable => isolation,
        _ => throw new ArgumentOutOfRangeException(
            nameof(isolation), isolation, "A transaction of DbMove is read committed, repeatable read or serializable: every engine that may become the authority has these."),
    };

    private async Task RestartOrThrowAsync(CancellationToken cancellationToken)
    {
        if (!_verified && await TryRestartAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await AbortAsync().ConfigureAwait(false);
        throw new StageUnknownException(
            _pool.Context.Name,
            $"The control row of migration '{_pool.Context.Name}' on the {_stage.Authority.ToWireName()} does not say {_stage.Stage.ToWireName()}, epoch {_stage.Epoch}, although that is the stage that both sides' rows decide. It was changed by hand or restored; correct it.");
    }

    /// <summary>Like <see cref="TryRestartAsync"/>; a stage that cannot be told has not moved, so that the first error is the one reported.</summary>
    private async Task<bool> StageHasMovedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryRestartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StageUnknownException)
        {
            return false;
        }
    }

    /// <summary>Reads the stage again; when it has moved, begins anew under it. False: it is the same.</summary>
    private async Task<bool> TryRestartAsync(CancellationToken cancellationToken)
    {
        await AbortAsync().ConfigureAwait(false);
        StageSnapshot stage = await _pool.Context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        bool moved = !stage.IsSameAssignment(_stage);
        if (moved)
        {
            DbMove.Pool.PoolLog.StageMoved(_pool.Context.Logger, _pool.Context.Name, _stage.Stage.ToWireName());
            _authority = await _pool.OpenAuthorityAsync(stage, _isolation, cancellationToken).ConfigureAwait(false);
            _stage = stage;
            _state = State.Open;
            MigrationTracing.Note("stage.moved");
        }

        return moved;
    }

    /// <summary>Ends the activity, and is in flight no more; once.</summary>
    private void End()
    {
        if (Interlocked.Exchange(ref _ended, true) || _memory is not null)
        {
            return;
        }

        _pool.Lifetime.Exit();
        if (_activity is { IsStopped: false } activity)
        {
            activity.SetStage(_stage);
            activity.SetWord("dbmove.authority", _stage.Authority.ToWireName());
            activity.SetWord("dbmove.outcome", _state == State.Committed ? "committed" : "rolled_back");
            activity.Dispose();
        }
    }

    private async Task AbortAsync()
    {
        _state = State.Doomed;
        if (_memory is not null)
        {
            return;
        }

        await _authority.DisposeAsync().ConfigureAwait(false);
    }

    private void Enter()
    {
        if (_state != State.Open)
        {
            throw new InvalidOperationException(_state == State.Doomed
                ? "An error or a cancellation has ended the transaction, and it was rolled back; a savepoint does not bring it back. Begin a new one."
                : $"The transaction was {(_state == State.Committed ? "committed" : "rolled back")} already. Begin a new one.");
        }

        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("Two operations run on one DualWriteTransaction at once, or a reader of it is still open. Await each call, and close the reader, before the next.");
        }
    }

    private void Leave() => Volatile.Write(ref _busy, 0);
}

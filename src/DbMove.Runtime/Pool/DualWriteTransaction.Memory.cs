using DbMove.InMemory;

namespace DbMove;

/// <content>A transaction on rows in memory, for unit tests: it has no pool, no stage and no session.</content>
public sealed partial class DualWriteTransaction
{
    private readonly InMemoryWork? _memory;

    // Every member that a caller or a repository in memory can reach looks at _memory first; a repository of a migration refuses it.
    private DualWriteTransaction(InMemoryWork memory) => (_memory, _pool, _stage, _authority) = (memory, null!, null!, null!);

    /// <summary>What it has done to an <see cref="InMemoryDatabase"/>; null: it is a migration's.</summary>
    internal InMemoryWork? Memory => _memory;

    internal static DualWriteTransaction InMemory(InMemoryWork work) => new(work);

    /// <summary>Runs an operation; what fails in it ends the transaction, as an error of a database does.</summary>
    internal TResult RunInMemory<TResult>(Func<TResult> run)
    {
        Enter();
        try
        {
            return run();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it was, as on a database: nothing of a half-run operation may be committed.
            _state = State.Doomed;
            throw;
        }
        finally
        {
            Leave();
        }
    }

    private void CommitInMemory(InMemoryWork memory)
    {
        try
        {
            memory.Commit();
            _state = State.Committed;
        }
        finally
        {
            _state = _state == State.Open ? State.Doomed : _state;
            Leave();
        }
    }

    private void RunSavepointInMemory(Action run)
    {
        try
        {
            run();
        }
        finally
        {
            Leave();
        }
    }
}

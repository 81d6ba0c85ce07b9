using DbMove.Simulation.Tests.Engine;

namespace DbMove.Simulation.Tests.Store;

/// <summary>A lock that is given out in the order in which it was asked for: who comes later waits behind who waits already.</summary>
internal sealed class QueuedLock
{
    private readonly List<(Transaction Transaction, LockMode Mode)> _holders = [];
    private readonly List<(Transaction Transaction, LockMode Mode)> _queue = [];

    /// <summary>Takes the lock, or notes in the operation for whom it waits.</summary>
    public bool TryTake(Operation operation, Transaction transaction, LockMode mode)
    {
        if (_holders.Contains((transaction, mode)))
        {
            return true;
        }

        int place = _queue.IndexOf((transaction, mode));
        if (place < 0)
        {
            place = _queue.Count;
            _queue.Add((transaction, mode));
        }

        bool free = true;
        foreach ((Transaction other, LockMode held) in _holders.Concat(_queue.Take(place)))
        {
            if (other != transaction && (held != mode || mode == LockMode.Exclusive))
            {
                operation.Blockers.Add(other);
                free = false;
            }
        }

        transaction.Locks.Add(this);
        if (free)
        {
            _queue.RemoveAt(place);
            _holders.Add((transaction, mode));
        }

        return free;
    }

    public void Release(Transaction transaction)
    {
        _holders.RemoveAll(held => held.Transaction == transaction);
        _queue.RemoveAll(waiting => waiting.Transaction == transaction);
    }
}

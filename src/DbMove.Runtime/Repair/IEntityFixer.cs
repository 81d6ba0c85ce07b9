namespace DbMove;

/// <summary>Makes the follower equal to the authority for given keys.</summary>
/// <typeparam name="TKey">The entity's key.</typeparam>
public interface IEntityFixer<in TKey>
    where TKey : notnull
{
    /// <summary>Repairs keys under locks, in the direction of the current stage. Outside the dual stages nothing is done.</summary>
    /// <param name="keys">The keys; whether the rows exist on either side does not matter.</param>
    /// <param name="cancellationToken">Cancels; what was committed stays.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="DatabaseUnavailableException">A side is out of reach; nothing more was done.</exception>
    Task<RepairReport> RepairAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default);
}

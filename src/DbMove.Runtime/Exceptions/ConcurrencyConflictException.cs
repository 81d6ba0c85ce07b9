namespace DbMove;

/// <summary>
/// A row was changed, or made, since the entity that is to be written was read: its concurrency tokens (<c>[ConcurrencyCheck]</c>,
/// <c>[Timestamp]</c>) are not those that are stored. Nothing was written on either side; a transaction that it happens in is rolled back.
/// Read the row again and decide. The message holds no value but the key.
/// </summary>
/// <param name="entity">The entity's wire name.</param>
/// <param name="key">The key, as a JSON array of invariant strings.</param>
public sealed class ConcurrencyConflictException(string entity, string key)
    : DbMoveException($"The row {key} of '{entity}' was changed since it was read, and nothing was written. Read it again.")
{
    /// <summary>The entity's wire name.</summary>
    public string Entity { get; } = entity;

    /// <summary>The key of the first row that differs, as a JSON array of invariant strings in key order.</summary>
    public string Key { get; } = key;
}

using DbMove.Mapping;

namespace DbMove;

/// <summary>What every generated fixer is: makes the follower equal to the authority for given keys, under locks.</summary>
public abstract class EntityFixer<TEntity, TKey, TMap>(Migration migration)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    /// <summary>The migration that this fixer repairs.</summary>
    protected Migration Migration { get; } = migration;
}

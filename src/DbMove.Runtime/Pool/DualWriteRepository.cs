using DbMove.Mapping;

namespace DbMove;

/// <summary>What every generated repository is: the dual-write operations of one entity.</summary>
public abstract class DualWriteRepository<TEntity, TKey, TMap>(Migration migration)
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    /// <summary>The migration that this repository writes through.</summary>
    protected Migration Migration { get; } = migration;
}

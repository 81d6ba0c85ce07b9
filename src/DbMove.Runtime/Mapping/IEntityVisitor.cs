using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>Receives an entity with its key and map as type arguments, so that typed code can be built for it without reflection.</summary>
/// <typeparam name="TResult">What the visit makes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEntityVisitor<out TResult>
{
    /// <summary>Visits one entity.</summary>
    TResult Visit<TEntity, TKey, TMap>()
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>;
}

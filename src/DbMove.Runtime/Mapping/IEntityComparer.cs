namespace DbMove.Mapping;

/// <summary>Compares two rows of an entity by typed values, without reflection and without allocating. Implemented by the generated <c>{Entity}Comparer</c>.</summary>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
public interface IEntityComparer<in TEntity>
{
    /// <summary>The columns in which two rows differ; empty when they are equal.</summary>
    /// <param name="expected">The authority's row.</param>
    /// <param name="actual">The follower's row.</param>
    ColumnSet Compare(TEntity expected, TEntity actual);

    /// <summary>
    /// A hash of what is compared, the same in every process, on every machine and in every version of DbMove. Rows that are equal have the same
    /// hash; rows with the same hash need not be equal, as a column that is compared with a tolerance adds only whether it is null.
    /// </summary>
    /// <param name="row">The row.</param>
    ulong Hash(TEntity row);
}

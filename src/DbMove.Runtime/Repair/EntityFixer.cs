using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Repair;

namespace DbMove;

/// <summary>
/// What every generated fixer is: makes the follower equal to the authority for given keys, under locks, in the direction
/// of the current stage. Safe to run at any time and from several processes.
/// </summary>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TMap">Its generated map.</typeparam>
public abstract class EntityFixer<TEntity, TKey, TMap> : IEntityFixer<TKey>
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private readonly EntityBinding<TEntity, TKey, TMap> _binding;

    /// <summary>Makes the fixer of a migration.</summary>
    /// <exception cref="MigrationConfigurationException">The entity was not added to the migration.</exception>
    protected EntityFixer(Migration migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        Migration = migration;
        _binding = migration.BindingOf<TEntity, TKey, TMap>();
    }

    /// <summary>The migration that this fixer repairs.</summary>
    public Migration Migration { get; }

    /// <inheritdoc/>
    public async Task<RepairReport> RepairAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        RepairKeys texts = new();
        foreach (TKey key in keys)
        {
            texts.Add(_binding, TMap.FormatKey(key));
        }

        try
        {
            return await Migration.Repairer.RepairAsync(texts, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Migration.Context.FailureOf(exception) is FailureKind.Availability or FailureKind.UnknownOutcome)
        {
            Side side = Migration.Context.Database(Side.Target).Classify(exception) is null ? Side.Source : Side.Target;
            throw new DatabaseUnavailableException(side, $"The repair of '{_binding.Name}' stopped because a side is out of reach: {exception.Message}", exception);
        }
    }
}

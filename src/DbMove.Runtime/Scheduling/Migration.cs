using System.Data;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Repair;
using DbMove.Scheduling;

namespace DbMove;

/// <summary>A named set of entities moving from one source to one target: the object that a service holds.</summary>
public sealed class Migration : IAsyncDisposable
{
    private readonly Dictionary<Type, EntityBinding> _bindings;

    internal Migration(MigrationContext context)
    {
        Context = context;
        _bindings = context.Entities.ToDictionary(entity => entity.GetType());
        Clearer = new IntentClearer(context);
        Repairer = new KeyRepairer(context);
        IntentRepair = new IntentRepairLoop(context, Repairer);
        Pool = new DualWritePool(context, Clearer, IntentRepair.Signal);
    }

    /// <summary>The migration's name.</summary>
    public string Name => Context.Name;

    internal MigrationContext Context { get; }

    internal DualWritePool Pool { get; }

    internal IntentClearer Clearer { get; }

    internal KeyRepairer Repairer { get; }

    internal IntentRepairLoop IntentRepair { get; }

    /// <summary>Begins a transaction over several writes and entities. Its fence is taken with its first statement.</summary>
    /// <param name="isolation">Isolation on the authority; the follower is always written read committed. SQLite is always serializable.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<DualWriteTransaction> BeginTransactionAsync(IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default) =>
        DualWriteTransaction.BeginAsync(Pool, isolation, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        IntentRepair.Dispose();
        await Context.DisposeAsync().ConfigureAwait(false);
    }

    internal EntityBinding<TEntity, TKey, TMap> BindingOf<TEntity, TKey, TMap>()
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        _bindings.TryGetValue(typeof(EntityBinding<TEntity, TKey, TMap>), out EntityBinding? binding)
            ? (EntityBinding<TEntity, TKey, TMap>)binding
            : throw new MigrationConfigurationException($"Entity '{TMap.Descriptor.Name}' is not part of migration '{Name}'. Add it with AddEntity in the migration's builder.");
}

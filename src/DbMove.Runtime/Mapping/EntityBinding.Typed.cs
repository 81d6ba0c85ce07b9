using System.Data.Common;
using DbMove.Backfill;
using DbMove.Dialects;
using DbMove.Pool;
using DbMove.Repair;
using DbMove.Validation;

namespace DbMove.Mapping;

/// <summary>The typed half of a binding.</summary>
internal sealed class EntityBinding<TEntity, TKey, TMap> : EntityBinding
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private IEntityStore<TEntity, TKey>[] _stores = [];

    public override EntityDescriptor Descriptor => TMap.Descriptor;

    /// <summary>The store on a side.</summary>
    /// <exception cref="InvalidOperationException">The migration was not started.</exception>
    public IEntityStore<TEntity, TKey> this[Side side] => _stores.Length == 0
        ? throw new InvalidOperationException($"Entity '{Name}' is used before its migration was started. Await Migration.StartAsync first, or start the host.")
        : _stores[(int)side];

    public override void Compose(SideDatabase[] databases, StoreDefinition[] definitions)
    {
        Tables = [definitions[0].Table, definitions[1].Table];
        _stores =
        [
            databases[0].CreateStore<TEntity, TKey, TMap>(definitions[0]),
            databases[1].CreateStore<TEntity, TKey, TMap>(definitions[1]),
        ];
    }

    public override IReadOnlyDictionary<string, string> StatementsOn(Side side) => this[side].Statements;

    public override bool IsKey(string text)
    {
        try
        {
            TMap.ParseKey(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    public override Task PrepareImagesAsync(SideSession session, CancellationToken cancellationToken) =>
        this[session.Database.Side].PrepareImagesAsync(session, cancellationToken);

    public override string ListColumns(Side side, string qualifier) => this[side].ListColumns(qualifier);

    public override void Bind(Side side, DbCommand command, string name, int ordinal, object? value) => this[side].Bind(command, name, ordinal, value);

    public override bool BindsAlike(Side side, int first, int second) => this[side].BindsAlike(first, second);

    public override EntityChanges CreateChanges() => new EntityChanges<TEntity, TKey, TMap>(this);

    public override EntityRepair CreateRepair() => new EntityRepair<TEntity, TKey, TMap>(this);

    public override async Task AdvanceIdentityAsync(SideSession authority, SideSession follower, CancellationToken cancellationToken)
    {
        long? given = await this[authority.Database.Side].ReadIdentityAsync(authority, cancellationToken).ConfigureAwait(false);
        long? own = await this[follower.Database.Side].ReadIdentityAsync(follower, cancellationToken).ConfigureAwait(false);
        if (own is not null)
        {
            await this[follower.Database.Side].AdvanceIdentityAsync(follower, Math.Max(given ?? 0, own.Value), cancellationToken).ConfigureAwait(false);
        }
    }

    public override EntityBackfill CreateBackfill() => new EntityBackfill<TEntity, TKey, TMap>(this);

    public override EntityValidation CreateValidation() => new EntityValidation<TEntity, TKey, TMap>(this);
}

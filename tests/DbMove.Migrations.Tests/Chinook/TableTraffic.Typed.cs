using System.Collections.Concurrent;
using DbMove.Mapping;

namespace DbMove.Migrations.Tests.Chinook;

/// <summary>The typed half. Each number and index is used by one writer only, so the last acknowledged image is what must be there.</summary>
/// <param name="table">The table's name on the target.</param>
/// <param name="repository">The generated repository.</param>
/// <param name="real">The keys of real rows, which exist before the writers begin.</param>
/// <param name="create">Makes the own row of a number.</param>
/// <param name="change">Changes a row.</param>
internal sealed class TableTraffic<TEntity, TKey, TMap>(
    string table, DualWriteRepository<TEntity, TKey, TMap> repository, IReadOnlyList<TKey> real, Func<int, TEntity> create, Func<TEntity, int, TEntity> change)
    : TableTraffic(table)
    where TEntity : class
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    // The last acknowledged image of every real row that was touched; null when it was deleted. A read may come from the
    // former authority for a moment after a switch, so it is asked for once and not again.
    private readonly ConcurrentDictionary<TKey, (TEntity Row, bool IsDeleted)> _known = [];

    public override int RealCount => real.Count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async Task<Action<Ledger>> InsertAsync(int number, DualWriteTransaction? transaction = null)
    {
        TEntity image = await repository.InsertAsync(create(number), transaction, Token);
        return ledger => ledger.Written(Table, image);
    }

    public override async Task ChangeAsync(Ledger ledger, int number, int round)
    {
        TEntity? image = await repository.UpdateAsync(change(create(number), round), cancellationToken: Token);
        Assert.NotNull(image);
        ledger.Written(Table, image);
    }

    public override async Task DeleteAsync(Ledger ledger, int number)
    {
        TEntity row = create(number);
        Assert.True(await repository.DeleteAsync(TMap.GetKey(row), cancellationToken: Token));
        ledger.Deleted(Table, row);
    }

    public override async Task ChangeRealAsync(Ledger ledger, int index, int round)
    {
        (TEntity row, bool isDeleted) = await KnownAsync(real[index]);
        if (isDeleted)
        {
            return;
        }

        TEntity? image = await repository.UpdateAsync(change(row, round), cancellationToken: Token);
        Assert.NotNull(image);
        _known[real[index]] = (image, false);
        ledger.Written(Table, image);
    }

    public override async Task ToggleRealAsync(Ledger ledger, int index)
    {
        (TEntity row, bool isDeleted) = await KnownAsync(real[index]);
        if (isDeleted)
        {
            ledger.Written(Table, await repository.InsertAsync(row, cancellationToken: Token));
        }
        else
        {
            Assert.True(await repository.DeleteAsync(real[index], cancellationToken: Token));
            ledger.Deleted(Table, row);
        }

        _known[real[index]] = (row, !isDeleted);
    }

    private async Task<(TEntity Row, bool IsDeleted)> KnownAsync(TKey key)
    {
        if (!_known.TryGetValue(key, out (TEntity Row, bool IsDeleted) known))
        {
            TEntity? row = await repository.FindAsync(key, cancellationToken: Token);
            Assert.NotNull(row);
            known = (row, false);
        }

        return known;
    }
}

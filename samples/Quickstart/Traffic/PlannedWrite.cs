using Quickstart.Shop;

namespace Quickstart.Traffic;

/// <summary>A write that a writer has decided on.</summary>
/// <param name="Operation">insert, update, delete or transaction.</param>
/// <param name="Rows">The rows as they will be; the id is 0 where the database gives it, the row null where it goes.</param>
/// <param name="RunAsync">Does it through the repositories, and returns the rows as they are in the same order: the after-images.</param>
internal sealed record PlannedWrite(
    string Operation,
    IReadOnlyList<(RowKey Key, object? Row)> Rows,
    Func<ShopRepositories, CancellationToken, Task<IReadOnlyList<(RowKey Key, object? Row)>>> RunAsync);

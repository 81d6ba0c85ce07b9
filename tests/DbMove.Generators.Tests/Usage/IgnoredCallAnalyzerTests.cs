using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class IgnoredCallAnalyzerTests() : UsageRuleTests("DBM2007")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        In("orders.InsertAsync(order);"),
        In("_ = orders.UpdateAsync(order);"),
        In("_ = orders.FindAsync(1);"),
        In("var writing = orders.UpdateAsync(order);"),
        In("Task<Order?> writing = orders.UpdateAsync(order);"),
        In("_ = orders.DeleteAsync(1).ConfigureAwait(false);"),
        In("orders?.UpsertManyAsync([order]);"),
        In("Action later = () => orders.InsertAsync(order); later();"),
        In("await using var transaction = await migration.BeginTransactionAsync(); await orders.InsertAsync(order, transaction); transaction.CommitAsync();"),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("await orders.InsertAsync(order);"),
        In("_ = await orders.InsertAsync(order);"),
        In("Task<Order> writing = orders.InsertAsync(order); await writing;"),
        In("await Task.WhenAll(ids.Select(id => orders.DeleteAsync(id)));"),
        In("Func<Task> later = () => orders.InsertAsync(order); await later();"),
    ];
}

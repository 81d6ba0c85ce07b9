using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class TransactionScopeAnalyzerTests() : UsageRuleTests("DBM2008")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        In("using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)) { await orders.InsertAsync(order); scope.Complete(); }"),
        In("using var scope = new TransactionScope(TransactionScopeOption.RequiresNew); if (choice) { await orders.DeleteAsync(1); }"),
        In("using (new TransactionScope()) { await orders.UpdateAsync(order); }"),
        In("TransactionScope scope = new(); try { await Task.WhenAll(ids.Select(id => orders.DeleteAsync(id))); } finally { scope.Dispose(); }"),
        In("using var scope = new TransactionScope(); await using var transaction = await migration.BeginTransactionAsync();"),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("using (var scope = new TransactionScope()) { scope.Complete(); } await orders.InsertAsync(order);"),
        In("using var scope = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled); await orders.InsertAsync(order);"),
        In("using var scope = new TransactionScope(); await orders.FindAsync(1);"),
        In("await orders.InsertAsync(order); using var scope = new TransactionScope(); scope.Complete();"),
    ];
}

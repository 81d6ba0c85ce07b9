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
        Own("await notes.ClearAsync();"),
        Own("await notes.WipeAsync();").Replace("order_notes", "order_wipes", StringComparison.Ordinal),
        In("using var none = new TransactionScope(TransactionScopeOption.Suppress); using var inner = new TransactionScope(TransactionScopeOption.RequiresNew); await orders.InsertAsync(order);"),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("using (var scope = new TransactionScope()) { scope.Complete(); } await orders.InsertAsync(order);"),
        In("using var scope = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled); await orders.InsertAsync(order);"),
        In("using var scope = new TransactionScope(); await orders.FindAsync(1);"),
        In("using var outer = new TransactionScope(); using (new TransactionScope(TransactionScopeOption.Suppress)) { await orders.InsertAsync(order); }"),
        In("await orders.InsertAsync(order); using var scope = new TransactionScope(); scope.Complete();"),
        Own("await notes.CountAsync();"),
    ];

    /// <summary>Methods of the user's own, which their texts tell apart.</summary>
    private static string Own(string call) =>
        $$"""
        [Migratable, Table("order_notes")] public sealed partial class OrderNote { public int Id { get; init; } }

        public partial class OrderNoteRepository
        {
            [Sql("DELETE FROM order_notes")] public partial Task<int> ClearAsync();

            [Sql("SELECT COUNT(*) FROM order_notes")] public partial Task<long> CountAsync();

            public Task<int> WipeAsync() => ClearAsync();
        }

        public static class Code { public static async Task RunAsync(OrderNoteRepository notes) { using var scope = new TransactionScope(); {{call}} } }
        """;
}

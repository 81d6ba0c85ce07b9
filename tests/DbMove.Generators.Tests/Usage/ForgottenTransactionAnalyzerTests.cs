using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class ForgottenTransactionAnalyzerTests() : UsageRuleTests("DBM2009")
{
    private const string Begin = "await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();";

    protected override IReadOnlyList<string> Wrong =>
    [
        In(Begin + "await orders.InsertAsync(order); await transaction.CommitAsync();"),
        In(Begin + "await orders.InsertAsync(order, null, token); await transaction.CommitAsync();"),
        In(Begin + "await orders.InsertAsync(order, cancellationToken: token); await transaction.CommitAsync();"),
        In(Begin + "if (await orders.FindAsync(1) is null) { await transaction.RollbackAsync(); }"),
        In("var transaction = await migration.BeginTransactionAsync(); foreach (int id in ids) { await orders.DeleteAsync(id); } await transaction.CommitAsync();"),
        In("await using (var transaction = await migration.BeginTransactionAsync()) { await orders.DeleteAsync(1); }"),
        In("await migration.ExecuteInTransactionAsync(async (transaction, inner) => { await orders.DeleteAsync(1, cancellationToken: inner); });"),
        In("await Task.Yield();", "private static Task WriteAsync(OrderRepository orders, Order order, DualWriteTransaction? transaction = null) => orders.UpdateAsync(order);"),
        In(Begin + "await transaction.SaveAsync(\"a\"); await transaction.RollbackAsync(\"a\"); await orders.InsertAsync(order);"),
        In(Begin + "if (choice) { await transaction.RollbackAsync(); return; } await orders.InsertAsync(order); await transaction.CommitAsync();"),

        // Of the same migration, or of one that nothing tells.
        In("await using var open = await _one.BeginTransactionAsync(); await _orders.DeleteAsync(1); await open.CommitAsync();",
            "private readonly Migration _one; private readonly OrderRepository _orders; public Code(Migration one) { _one = one; _orders = new(one); }"),
        In("var mine = new OrderRepository(migration); Migration again = migration; await using var open = await again.BeginTransactionAsync(); await mine.InsertAsync(order);"),
        In("await using var open = await orders.Migration.BeginTransactionAsync(); await orders.InsertAsync(order);"),
        In("Migration two = null!; await using var open = await two.BeginTransactionAsync(); await orders.InsertAsync(order);"),
        In("Migration two = null!; var mine = new OrderRepository(two); await using var fit = await two.BeginTransactionAsync(); await using var open = await migration.BeginTransactionAsync(); await mine.InsertAsync(order);"),
        """
        [Migratable, Table("order_notes")] public sealed partial class OrderNote { public int Id { get; init; } }
        public partial class OrderNoteRepository { [Sql("SELECT id FROM order_notes")] public partial IAsyncEnumerable<int> ListAsync(DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default); }
        public static class Code { public static async Task RunAsync(OrderNoteRepository notes, DualWriteTransaction open) { await foreach (int id in notes.ListAsync()) { Console.WriteLine(id); } } }
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In(Begin + "await orders.InsertAsync(order, transaction); await transaction.CommitAsync();"),
        In(Begin + "await orders.InsertAsync(order, transaction); await transaction.CommitAsync(); await orders.FindAsync(1);"),
        In("await orders.FindAsync(1); " + Begin + "await orders.InsertAsync(order, transaction, token);"),
        In("await using (var transaction = await migration.BeginTransactionAsync()) { await orders.DeleteAsync(1, transaction); } await orders.DeleteAsync(2);"),
        In("await migration.ExecuteInTransactionAsync((transaction, inner) => orders.DeleteAsync(1, transaction, inner));"),
        In("var transaction = await migration.BeginTransactionAsync(); try { await orders.InsertAsync(order, transaction); await transaction.CommitAsync(); } catch { await transaction.RollbackAsync(); throw; } await orders.FindAsync(1);"),
        In(Begin + "if (choice) { await transaction.CommitAsync(); } else { await transaction.RollbackAsync(); } await orders.FindAsync(1);"),
        In("await Task.Yield();", "private static async Task WriteAsync(OrderRepository orders, Order order, DualWriteTransaction? transaction) { if (transaction is null) { await orders.UpdateAsync(order); } else { await orders.UpdateAsync(order, transaction); } }"),
        In("DualWriteTransaction? none = null; await orders.DeleteAsync(1, none);"),

        // Of another migration, plainly.
        In("await using var open = await _one.BeginTransactionAsync(); await _orders.DeleteAsync(1); await open.CommitAsync();",
            "private readonly Migration _one; private readonly OrderRepository _orders; public Code(Migration one, Migration two) { _one = one; _orders = new OrderRepository(two); }"),
        In("Migration one = shop is null ? migration : null!, two = null!; var mine = new OrderRepository(two); await using var open = await one.BeginTransactionAsync().ConfigureAwait(false); await mine.InsertAsync(order);"),
        In("await Task.Yield();", "private static Task WriteAsync(Migration one, Migration two, Order order) { var mine = new OrderRepository(two); return one.ExecuteInTransactionAsync(async (open, inner) => { await mine.InsertAsync(order, cancellationToken: inner); }); }"),
        """
        public sealed class Code([Microsoft.Extensions.DependencyInjection.FromKeyedServices("users")] Migration users, [Microsoft.Extensions.DependencyInjection.FromKeyedServices("orders")] OrderRepository orders)
        {
            private readonly Migration _users = users;
            public async Task RunAsync(Order order) { await using var open = await users.BeginTransactionAsync(); await orders.InsertAsync(order); await open.CommitAsync(); }
        }
        """,
    ];
}

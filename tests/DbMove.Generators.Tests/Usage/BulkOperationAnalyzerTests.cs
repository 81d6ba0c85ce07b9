using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class BulkOperationAnalyzerTests() : UsageRuleTests("DBM2004")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        In("shop.Orders.ExecuteDelete();"),
        In("await shop.Orders.Where(one => one.Total == 0).ExecuteDeleteAsync(token);"),
        In("await shop.Set<Order>().Where(one => one.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(one => one.Total, 0m), token);"),
        In("IQueryable<Order> some = shop.Orders.AsNoTracking(); some.ExecuteUpdate(set => set.SetProperty(one => one.Total, one => one.Total + 1));"),
        In("EntityFrameworkQueryableExtensions.ExecuteDelete(shop.Orders);"),
        In("await (from one in shop.Orders join note in shop.Notes on one.Id equals note.Id select new { one, note }).ExecuteUpdateAsync(set => set.SetProperty(pair => pair.one.Total, 0m), token);"),
        """[Migratable, Table("order_heads")] public partial class OrderHead { public int Id { get; init; } } public static class Code { public static Task RunAsync<T>(IQueryable<T> rows) where T : OrderHead => rows.ExecuteDeleteAsync(); }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("await notes.Notes.ExecuteDeleteAsync(token);"),
        In("await shop.Notes.Where(note => shop.Orders.Any(one => one.Id == note.Id)).ExecuteUpdateAsync(set => set.SetProperty(note => note.Id, 1), token);"),
        In("new List<Order>().ExecuteDelete();").Replace("public sealed class Code", "public static class Own { public static void ExecuteDelete<T>(this List<T> items) => items.Clear(); }\npublic sealed class Code", StringComparison.Ordinal),
    ];
}

using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class SideWriteAnalyzerTests() : UsageRuleTests("DBM2011")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        Session("""await session.ExecuteAsync("UPDATE orders SET total = 0", default, token);"""),
        Session("""await session.QueryAsync("DELETE FROM finance.bill RETURNING id", default, row => row.GetInt64(0), token);"""),
        Session("await store.InsertAsync(session, guard, [order], token);"),
        Session("await store.UpsertImagesAsync(session, [order], token);"),
        Session("await store.DeleteImagesAsync(session, [1L], token);"),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        Session("""await session.ExecuteAsync("UPDATE notes SET id = 0", default, token);"""),
        Session("""await session.QueryAsync("SELECT id FROM orders", default, row => row.GetInt64(0), token);"""),
        Session("await store.FindAsync(session, [1L], RowLock.None, token);"),
        In("await orders.InsertAsync(order);"),
    ];

    private static string Session(string body) =>
        $$"""
        using DbMove.Dialects;

        public static class Code
        {
            public static async Task RunAsync(SideSession session, IEntityStore<Order, long> store, WriteGuard guard, Order order, CancellationToken token)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;
}

using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class EntityFrameworkSqlAnalyzerTests() : UsageRuleTests("DBM2005")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        In("""notes.Database.ExecuteSqlRaw("DELETE FROM orders WHERE id = {0}", 1);"""),
        In("""await notes.Database.ExecuteSqlRawAsync("DELETE FROM orders", token);"""),
        In("""await notes.Database.ExecuteSqlAsync($"DELETE FROM orders WHERE id = {order.Id}", token);"""),
        In("""notes.Database.ExecuteSqlInterpolated($"UPDATE \"orders\" SET total = {order.Total}");"""),
        In("""FormattableString sql = $"DELETE FROM orders WHERE id = {order.Id}"; notes.Database.ExecuteSql(sql);"""),
        In("""await notes.Database.SqlQuery<long>($"DELETE FROM orders WHERE id = {order.Id} RETURNING id").ToListAsync(token);"""),
        In("""await shop.Orders.FromSqlRaw("UPDATE orders SET total = 0 RETURNING *").ToListAsync(token);"""),
        In("""await shop.Notes.FromSql($"DELETE FROM bill WHERE id = {ids[0]} RETURNING *").ToListAsync(token);"""),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("""notes.Database.ExecuteSqlRaw("DELETE FROM notes");"""),
        In("""string table = "orders"; notes.Database.ExecuteSql($"DELETE FROM {table}");"""),
        In("""await shop.Orders.FromSql($"SELECT * FROM orders WHERE id = {order.Id}").ToListAsync(token);"""),
    ];
}

using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class ValueInSqlAnalyzerTests() : UsageRuleTests("DBM2010")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        In("""await using DbCommand command = dual.CreateCommand($"UPDATE orders SET total = 0 WHERE customer = '{input}'");"""),
        In("""dualConnection.CreateCommand().CommandText = "DELETE FROM orders WHERE id IN (" + string.Join(", ", ids) + ")";"""),
        In("""await dualConnection.ExecuteAsync($"DELETE FROM bill WHERE id = {order.Id}");"""),
        In("""var sql = "DELETE FROM orders WHERE id = " + ids[0]; await using DbConnection one = await dual.OpenConnectionAsync(); await one.ExecuteAsync(sql);"""),
        In("""using var command = dualConnection.CreateCommand(); command.CommandText = "DELETE FROM orders"; ((DualWriteCommand)command).TargetCommandText = $"DELETE FROM orders WHERE customer = '{input}'";"""),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("""await dualConnection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new { id = 1 });"""),
        In("""const string table = "orders"; await dualConnection.ExecuteAsync($"DELETE FROM {table} WHERE id = @id", new { id = 1 });"""),
        In("""await dualConnection.ExecuteAsync("DELETE FROM orders WHERE id IN (" + string.Join(",", ids.Select((_, i) => "@p" + i)) + ")");"""),
        In("""var names = ids.Select((_, i) => $"@p{i}").ToList(); await dualConnection.ExecuteAsync($"DELETE FROM orders WHERE id IN ({string.Join(", ", names)})");"""),
        In("""await dualConnection.ExecuteAsync("DELETE FROM orders" + Environment.NewLine + "WHERE id = @id", new { id = 1 });"""),
        In("""await dualConnection.ExecuteAsync($"DELETE FROM notes WHERE id = {order.Id}");"""),
        In("""await dualConnection.QueryAsync<long>($"SELECT id FROM orders WHERE id = {order.Id}");"""),
    ];
}

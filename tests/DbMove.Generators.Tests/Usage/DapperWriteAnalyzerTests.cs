using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class DapperWriteAnalyzerTests() : UsageRuleTests("DBM2002")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        In("""sqlite.Execute("DELETE FROM orders WHERE id = @id", new { id = 1 });"""),
        In("""await npgsql.ExecuteAsync("DELETE FROM orders");"""),
        In("""await bare.QueryAsync<long>("INSERT INTO orders (customer) VALUES (@c) RETURNING id", new { c = input });"""),
        In("""connection.QuerySingle<long>("UPDATE orders SET total = 0 RETURNING id");"""),
        In("""await connection.ExecuteScalarAsync<long>("INSERT INTO orders (customer) VALUES ('a') RETURNING id");"""),
        In("""using var reader = connection.ExecuteReader("WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone");"""),
        In("""using var grid = await connection.QueryMultipleAsync("SELECT 1; DELETE FROM orders");"""),
        In("""SqlMapper.Execute(connection, sql: "DELETE FROM orders");"""),
        In("""await connection.ExecuteAsync(new CommandDefinition("DELETE FROM orders", cancellationToken: token));"""),
        In("""var definition = new CommandDefinition(Sql); await connection.ExecuteAsync(definition);""", """private const string Sql = "DELETE FROM orders";"""),
        In("""await connection.QueryAsync<long, long, long>("DELETE FROM orders RETURNING id, total", (a, b) => a + b, splitOn: "total");"""),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("""await dualConnection.ExecuteAsync("DELETE FROM orders");"""),
        In("""await using var one = await dual.OpenConnectionAsync(token); await one.ExecuteAsync(new CommandDefinition("DELETE FROM orders"));"""),
        In("""using IDbConnection one = dual.CreateConnection(); one.Execute("DELETE FROM orders");"""),
        In("""await connection.QueryAsync<long>("SELECT id FROM orders");"""),
        In("""await connection.ExecuteAsync("DELETE FROM notes");"""),
        In("""Execute("DELETE FROM orders");""", """private static void Execute(string sql) { }"""),
    ];
}

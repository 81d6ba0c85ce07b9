using DbMove.CodeFixes.Usage;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbMove.Generators.Tests.CodeFixes.Usage;

public sealed class UsageCodeFixerTests
{
    private const string Begin = "await using var transaction = await migration.BeginTransactionAsync(); ";

    [Theory]
    [InlineData("orders.InsertAsync(order); // now", "await orders.InsertAsync(order); // now")]
    [InlineData("_ = orders.UpdateAsync(order).ConfigureAwait(false);", "await orders.UpdateAsync(order).ConfigureAwait(false);")]
    [InlineData("var writing = orders.DeleteAsync(id);", "await orders.DeleteAsync(id);")]
    [InlineData("if (id > 0) { _ = orders.FindAsync(id); }", "if (id > 0) { await orders.FindAsync(id); }")]
    [InlineData("Func<Task> later = async () => orders.DeleteAsync(1); await later();", "Func<Task> later = async () => await orders.DeleteAsync(1); await later();")]
    [InlineData("orders?.DeleteAsync(1);", null)]
    [InlineData("Action later = () => orders.DeleteAsync(1); later();", null)]
    [InlineData("lock (order) { orders.DeleteAsync(1); }", null)]
    public async Task A_call_is_awaited(string wrong, string? expected) => Assert.Equal(expected, await UsageFixRun.FixAsync(new AwaitCodeFixer(), wrong));

    [Fact]
    public async Task No_signature_is_changed() =>
        Assert.Null(await UsageFixRun.FixAsync(new AwaitCodeFixer(), "", "public void Run(OrderRepository orders) => orders.DeleteAsync(1);"));

    [Theory]
    [InlineData("await orders.InsertAsync(order);", "await orders.InsertAsync(order, transaction);")]
    [InlineData("await orders.InsertAsync(order, null, token);", "await orders.InsertAsync(order, transaction, token);")]
    [InlineData("await orders.InsertAsync(order, cancellationToken: token);", "await orders.InsertAsync(order, transaction, cancellationToken: token);")]
    [InlineData("await orders.InsertAsync(order, transaction: null);", "await orders.InsertAsync(order, transaction: transaction);")]
    [InlineData("await orders.InsertAsync(cancellationToken: token, entity: order);", "await orders.InsertAsync(cancellationToken: token, entity: order, transaction: transaction);")]
    public async Task The_open_transaction_is_passed(string wrong, string expected) =>
        Assert.Equal(Begin + expected + " await transaction.CommitAsync();", await UsageFixRun.FixAsync(new PassTransactionCodeFixer(), Begin + wrong + " await transaction.CommitAsync();"));

    [Fact]
    public async Task A_transaction_may_be_called_like_a_keyword() =>
        Assert.Equal(
            "await migration.ExecuteInTransactionAsync((@lock, inner) => orders.DeleteAsync(1, @lock, cancellationToken: inner));",
            await UsageFixRun.FixAsync(new PassTransactionCodeFixer(), "await migration.ExecuteInTransactionAsync((@lock, inner) => orders.DeleteAsync(1, cancellationToken: inner));"));

    [Theory]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new { id });""", "await orders.DeleteAsync(id);")]
    [InlineData("""await connection.ExecuteAsync("delete from public.orders where Id = @Id;", new { order.Id }).ConfigureAwait(false);""", "await orders.DeleteAsync(order.Id).ConfigureAwait(false);")]
    [InlineData("""connection.Execute("DELETE FROM orders WHERE id = :key", new { key = order.Id + 1 });""", "await orders.DeleteAsync(order.Id + 1);")]
    [InlineData("""await connection.ExecuteAsync("INSERT INTO orders (customer_name, total) VALUES (@Customer, @Total)", order);""", "await orders.InsertAsync(order);")]
    [InlineData("""await connection.ExecuteAsync("UPDATE orders SET total = @total, customer_name = @customer WHERE id = @id", order);""", "await orders.UpdateAsync(order);")]

    // Another row, other columns, other values, or a result.
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id OR total = 0", new { id });""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE total = @id", new { id });""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new { id = id.ToString() });""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new { id }, commandTimeout: 1);""", null)]
    [InlineData("""int rows = await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new { id }); id = rows;""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id; DELETE FROM notes", new { id });""", null)]
    [InlineData("""await connection.ExecuteAsync("INSERT INTO orders (total) VALUES (@Total)", order);""", null)]
    [InlineData("""await connection.ExecuteAsync("INSERT INTO orders (customer_name, total) VALUES (@Customer, 0)", order);""", null)]
    [InlineData("""await connection.ExecuteAsync("INSERT INTO orders (id, customer_name, total) VALUES (@Id, @Customer, @Total)", order);""", null)]
    [InlineData("""await connection.ExecuteAsync("INSERT INTO orders (customer_name, total) VALUES (@Total, @Customer)", order);""", null)]
    [InlineData("""await connection.ExecuteAsync("INSERT INTO orders (customer_name, total) VALUES (@Customer, @Total)", new[] { order });""", null)]
    [InlineData("""await connection.ExecuteAsync("UPDATE orders SET total = total + 1, customer_name = @customer WHERE id = @id", order);""", null)]
    [InlineData("""await connection.ExecuteAsync("UPDATE orders SET total = @total, customer_name = @customer WHERE id = @id AND total = 0", order);""", null)]
    public async Task A_raw_write_of_one_row_becomes_the_repositorys(string wrong, string? expected) =>
        Assert.Equal(expected, await UsageFixRun.FixAsync(new UseRepositoryCodeFixer(), wrong));

    /// <summary>Npgsql runs a command in the transaction that its connection is in, given or not: moved, the write would stay when that is rolled back.</summary>
    [Theory]
    [InlineData("await using var open = await connection.BeginTransactionAsync(); {0} await open.RollbackAsync();")]
    [InlineData("using (connection.BeginTransaction()) {{ {0} }}")]
    [InlineData("connection.BeginTransaction(); {0}")]
    [InlineData("await connection.BeginTransactionAsync(token).ConfigureAwait(false); Func<Task> later = async () => {{ {0} }}; await later();")]
    [InlineData("using var scope = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled); {0}")]
    [InlineData("using (new System.Transactions.TransactionScope()) {{ {0} }}")]
    [InlineData("connection.EnlistTransaction(System.Transactions.Transaction.Current); {0}")]
    [InlineData("await connection.ExecuteAsync(\"begin;\"); {0} await connection.ExecuteAsync(\"ROLLBACK\");")]
    [InlineData("{0} await _open!.RollbackAsync();", "private DbTransaction? _open;")]
    [InlineData("{0}", "private System.Data.IDbTransaction? Open => null;")]
    [InlineData("await using var open = await _context.Database.BeginTransactionAsync(token); {0}", "private readonly Microsoft.EntityFrameworkCore.DbContext _context = null!;")]
    [InlineData("connection = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(_context.Database); {0}", "private readonly Microsoft.EntityFrameworkCore.DbContext _context = null!;")]
    [InlineData("await InAsync(connection, null); async Task InAsync(DbConnection connection, DbTransaction? given) {{ {0} }}")]
    [InlineData("{0}", "private readonly Unit _unit = null!; private interface IUnit {{ Task BeginAsync(); }} private abstract class Unit : IUnit {{ public DbConnection Connection => null!; public abstract Task BeginAsync(); }}", "_unit.Connection")]
    [InlineData("var taken = _unit.Connection; {0}", "private readonly Unit _unit = null!; private sealed class Unit {{ public DbConnection Connection => null!; public DbTransaction? Current => null; }}", "taken")]
    public async Task A_raw_write_does_not_leave_a_transaction(string body, string members = "", string connection = "connection")
    {
        foreach ((CodeFixProvider fixer, string where) in new (CodeFixProvider, string)[] { (new UseRepositoryCodeFixer(), ""), (new SqlMethodCodeFixer(), " AND total < 1") })
        {
            string write = $"await {connection}.ExecuteAsync(\"DELETE FROM orders WHERE id = @id{where}\", new {{ id }});";

            Assert.Null(await UsageFixRun.FixAsync(fixer, string.Format(null, body, write), string.Format(null, members)));
        }
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("await migration.ExecuteInTransactionAsync(async (transaction, inner) => {{ {0} }});")]
    [InlineData(Begin + "{0} await transaction.CommitAsync();")]
    public async Task A_raw_write_joins_the_open_transaction_of_DbMove(string body)
    {
        string passed = body == "{0}" ? "" : ", transaction";

        Assert.Equal(
            string.Format(null, body, $"await orders.DeleteAsync(id{passed});"),
            await UsageFixRun.FixAsync(new UseRepositoryCodeFixer(), string.Format(null, body, """await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new { id });""")));
        Assert.Equal(
            string.Format(null, body, $"await orders.DeleteOrderRowsAsync(1m{passed});"),
            await UsageFixRun.FixAsync(new SqlMethodCodeFixer(), string.Format(null, body, """await connection.ExecuteAsync("DELETE FROM orders WHERE total < @least", new { least = 1m });""")));
    }

    [Fact]
    public async Task A_raw_write_joins_no_transaction_that_may_be_of_another_migration() =>
        Assert.Null(await UsageFixRun.FixAsync(new UseRepositoryCodeFixer(), Begin + """await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new { id });""", "private readonly Migration _other = null!;"));

    [Fact]
    public async Task A_field_is_a_repository_at_hand_where_there_is_an_instance()
    {
        const string code = """public {0}async Task CleanAsync(DbConnection connection) {{ /*<*/await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new {{ id = 1 }});/*>*/ }}""";

        Assert.Null(await UsageFixRun.FixAsync(new UseRepositoryCodeFixer(), "", string.Format(null, code, "static ")));
        Assert.Equal("await _stored.DeleteAsync(1);", await UsageFixRun.FixAsync(new UseRepositoryCodeFixer(), "", string.Format(null, code, "")));
    }
}

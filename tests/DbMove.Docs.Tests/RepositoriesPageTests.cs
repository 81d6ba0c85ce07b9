using DbMove.Docs.Tests.Documents;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop;

namespace DbMove.Docs.Tests;

/// <summary>What docs/repositories.md shows is code of the folder Shop, and that code does what the page says.</summary>
public sealed class RepositoriesPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_page_shows_code_that_compiles() =>
        MarkedDocument.Verify(Path.Combine(Repository.Root, "docs", "repositories.md"), MarkedSource.Read(Repository.Shop, "repositories"), "csharp");

    [Fact]
    public async Task A_missing_row_is_null_a_savepoint_undoes_one_order_and_the_delegate_is_committed()
    {
        string folder = Directory.CreateTempSubdirectory("dbmove-repositories-").FullName;
        (string oldFile, string newFile) = (Path.Combine(folder, "old.db"), Path.Combine(folder, "new.db"));
        try
        {
            await AskAsync(oldFile, "CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer_name TEXT NOT NULL, total DECIMAL(10, 2) NOT NULL)");
            await AskAsync(newFile, "CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL, total DECIMAL(10, 2) NOT NULL)");
            using IHost host = ShopService.Build(oldFile, newFile);
            await host.StartAsync(Cancel);
            Migration migration = host.Services.GetRequiredService<Migration>();
            Bookkeeping books = new(host.Services.GetRequiredService<OrderRepository>(), migration);

            decimal placed = await books.PlaceWithinAsync([Of("Ada", 5), Of("Grace", 6), Of("Alan", 7)], limit: 12);
            Order? added = await books.AddAsync(1, 4);

            Assert.Equal(11, placed);
            Assert.Equal(9, added?.Total);
            Assert.Null(await books.AddAsync(99, 1));
            await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync(cancellationToken: Cancel))
            {
                Assert.Equal(15, await books.TotalAsync([1, 99, 2], transaction));
            }

            OrderRepository orders = host.Services.GetRequiredService<OrderRepository>();
            Assert.Equal(1, await orders.AddToTotalsAsync("Grace", 10, cancellationToken: Cancel));
            Assert.Equal(16, (await orders.FindLargestAsync(Cancel))?.Total);
            List<CustomerTotal> totals = [];
            await foreach (CustomerTotal total in orders.SumByCustomerAsync(Cancel))
            {
                totals.Add(total);
            }

            Assert.Equal([new CustomerTotal("Grace", 1, 16), new CustomerTotal("Ada", 1, 9)], totals);
            Assert.Equal("Ada", Assert.Single(await orders.DeleteSmallAsync(10, cancellationToken: Cancel)).Customer);
            await host.StopAsync(Cancel);
            Assert.Equal("Grace 16", await AskAsync(oldFile, "SELECT group_concat(customer_name || ' ' || total, ', ') FROM orders"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Order Of(string customer, decimal total) => new() { Customer = customer, Total = total };

    private static async Task<string?> AskAsync(string file, string sql)
    {
        await using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync(Cancel))?.ToString();
    }
}

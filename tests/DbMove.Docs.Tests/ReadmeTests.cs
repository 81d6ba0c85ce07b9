using DbMove.Docs.Tests.Documents;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop;

namespace DbMove.Docs.Tests;

/// <summary>What the README shows is the code in the folder Shop, and that code does what the README says.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_code_that_compiles() =>
        MarkedDocument.Verify(Path.Combine(Repository.Root, "README.md"), MarkedSource.Read(Repository.Shop, "readme"), "csharp");

    [Fact]
    public async Task The_readme_walks_from_one_file_to_another()
    {
        string folder = Directory.CreateTempSubdirectory("dbmove-readme-").FullName;
        string oldFile = Path.Combine(folder, "old.db");
        string newFile = Path.Combine(folder, "new.db");
        try
        {
            await AskAsync(oldFile, "CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer_name TEXT NOT NULL, total DECIMAL(10, 2) NOT NULL)");
            await AskAsync(oldFile, "INSERT INTO orders (customer_name, total) VALUES ('Grace', 7.25), ('Edsger', 1)");
            await AskAsync(newFile, "CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL, total DECIMAL(10, 2) NOT NULL)");
            using (IHost host = ShopService.Build(oldFile, newFile))
            {
                await host.StartAsync(TestContext.Current.CancellationToken);
                await WalkAsync(host.Services.GetRequiredService<Checkout>(), host.Services.GetRequiredService<Migration>());
                await host.StopAsync(TestContext.Current.CancellationToken);
            }

            // The last order was placed when only the target was written; its number follows on.
            Assert.Equal("1 Grace 7.25, 2 Edsger 1, 3 Ada 17.5", await AskAsync(oldFile, "SELECT group_concat(id || ' ' || customer_name || ' ' || total, ', ') FROM orders"));
            Assert.Equal("1 Grace 7.25, 2 Edsger 1, 3 Ada 17.5, 5 Alan 3", await AskAsync(newFile, "SELECT group_concat(id || ' ' || customer || ' ' || total, ', ') FROM orders"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WalkAsync(Checkout checkout, Migration migration)
    {
        Order before = await checkout.PlaceAsync("Ada", 12.50m);
        Assert.Equal((3, "Ada", 12.50m), (before.Id, before.Customer, before.Total));
        await ShopService.MoveAsync(
            migration,
            async report =>
            {
                Assert.True(report.IsClean);
                Assert.Equal(3, report.RowsCompared);
                await checkout.MergeAsync(await checkout.PlaceAsync("Ada", 5), before);
            });
        Assert.Equal(Stage.Completed, migration.Stage);
        await checkout.PlaceAsync("Alan", 3);
    }

    private static async Task<string?> AskAsync(string file, string sql)
    {
        await using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}

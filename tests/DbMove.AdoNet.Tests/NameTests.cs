using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;
using Npgsql;

namespace DbMove.AdoNet.Tests;

/// <summary>Two tables of one name in two schemas: what is written is what the search path finds.</summary>
public sealed class NameTests(PostgreSqlServer server)
{
    private static readonly string[] s_names = ["item", "public.item", "\"item\"", "ITEM AS i", "ONLY item"];

    [Fact]
    public async Task A_name_that_the_search_path_finds_elsewhere_is_no_entity()
    {
        await using Bank bank = await CreateAsync();
        await using DualWriteDataSource source = (await bank.StartAsync(Stage.SourceFirst)).CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        foreach (string name in s_names)
        {
            StatementRefusedException refused = Assert.Throws<StatementRefusedException>(() => connection.Execute($"UPDATE {name} SET name = 'x'"));
            Assert.Equal(StatementRefusal.OtherTable, refused.Refusal);
            Assert.Equal(name != "public.item", refused.Message.Contains("stock.item", StringComparison.Ordinal));
        }

        Assert.Equal(["1|other"], await bank.Source.RowsAsync("SELECT * FROM public.item"));
        Assert.Equal(1, connection.Execute("INSERT INTO stock.item (id, name) VALUES (1, 'x')"));
        Assert.Equal(1, connection.Execute("UPDATE Stock.\"item\" SET name = 'y'"));
        Assert.Equal(["1|y"], await bank.Target.RowsAsync("SELECT * FROM stock.item"));
    }

    /// <summary>The other way about: the schema comes first in the path, so the name alone is the entity, and public's is not.</summary>
    [Fact]
    public async Task A_name_that_the_search_path_finds_is_the_entity()
    {
        await using Bank bank = await CreateAsync();
        foreach (Database database in (Database[])[bank.Source, bank.Target])
        {
            await database.ExecuteAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(database.ConnectionString).Database} SET search_path = stock, public");
            NpgsqlConnection.ClearPool(new NpgsqlConnection(database.ConnectionString));
        }

        await using DualWriteDataSource source = (await bank.StartAsync(Stage.SourceFirst)).CreateDataSource();
        await using DbConnection connection = source.OpenConnection();
        Assert.Equal(1, connection.Execute("INSERT INTO item (id, name) VALUES (1, 'x')"));
        Assert.Equal(1, connection.Execute("UPDATE stock.item SET name = 'y'"));
        Assert.Equal(["1|y"], await bank.Target.RowsAsync("SELECT * FROM stock.item"));
        Assert.Equal(StatementRefusal.OtherTable, Assert.Throws<StatementRefusedException>(() => connection.Execute("DELETE FROM public.item")).Refusal);
        Assert.Equal(["1|other"], await bank.Source.RowsAsync("SELECT * FROM public.item"));
    }

    [Fact]
    public async Task A_schema_of_SQLite_is_an_attached_file()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        await using DualWriteDataSource source = (await bank.StartAsync(Stage.SourceFirst)).CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        Assert.Equal(1, connection.Execute("INSERT INTO MAIN.[Account] (id, owner, balance) VALUES (1, 'x', 1)"));
        Assert.Single(await bank.AccountsAsync(Side.Target));
        Assert.Equal(StatementRefusal.OtherTable, Assert.Throws<StatementRefusedException>(() => connection.Execute("UPDATE archive.account SET owner = 'y'")).Refusal);
    }

    private async Task<Bank> CreateAsync()
    {
        Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        bank.Additional = builder => builder.AddEntity<Item>();
        foreach (Database database in (Database[])[bank.Source, bank.Target])
        {
            await database.ExecuteAsync(
                """
                CREATE SCHEMA stock;
                CREATE TABLE stock.item (id BIGINT PRIMARY KEY, name TEXT NOT NULL);
                CREATE TABLE public.item (id BIGINT PRIMARY KEY, name TEXT NOT NULL);
                INSERT INTO public.item VALUES (1, 'other');
                """);
        }

        return bank;
    }
}

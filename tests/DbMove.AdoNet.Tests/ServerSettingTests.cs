using System.Data.Common;
using Dapper;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>A server that reads texts otherwise than the recognition does.</summary>
public sealed class ServerSettingTests(PostgreSqlServer server)
{
    /// <summary>The naive way: what the recognition takes for a text's inside is a statement to the server.</summary>
    [Fact]
    public async Task A_server_that_escapes_by_backslash_is_refused_and_repositories_go_on()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await bank.Source.ExecuteAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = off', current_database()); END $$");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        await new AccountRepository(migration).InsertAsync(new Account { Owner = "a", Balance = 1 });
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        const string Hidden = @"SELECT '\'; DELETE FROM account; --'";
        foreach (string text in (string[])["SELECT 1", "UPDATE account SET balance = 2", Hidden])
        {
            string message = (await Assert.ThrowsAsync<NotSupportedException>(() => connection.ExecuteAsync(text))).Message;
            Assert.Contains("standard_conforming_strings", message, StringComparison.Ordinal);
            await using DbTransaction transaction = await connection.BeginTransactionAsync();
            await Assert.ThrowsAsync<NotSupportedException>(() => connection.ExecuteAsync(text));
        }

        Assert.Equal(["1|a|null|1"], await bank.AccountsAsync(Side.Target));
        Assert.Equal(["1|a|null|1"], await bank.AccountsAsync(Side.Source));
    }
}

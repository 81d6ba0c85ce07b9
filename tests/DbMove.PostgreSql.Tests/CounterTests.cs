using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class CounterTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_greatest_number_counts_the_table_the_sequence_and_what_sessions_hold_in_caches()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.OpenAsync();
        Assert.Equal(0, await store.ReadIdentityAsync(session, Token));

        await test.RunAsync("INSERT INTO account (name) VALUES ('a'), ('b'), ('c'); DELETE FROM account");
        Assert.Equal(3, await store.ReadIdentityAsync(session, Token));

        await test.RunAsync("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (50, 'd')");
        Assert.Equal(50, await store.ReadIdentityAsync(session, Token));

        await test.RunAsync("ALTER TABLE account ALTER id SET CACHE 1000; SELECT nextval('account_id_seq')");
        Assert.Equal(1003, await store.ReadIdentityAsync(session, Token));
    }

    [Fact]
    public async Task A_counter_is_moved_beyond_and_never_back()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.BeginAsync(FenceMode.Exclusive);
        await store.AdvanceIdentityAsync(session, 500, Token);
        await store.AdvanceIdentityAsync(session, 20, Token);
        await store.AdvanceIdentityAsync(session, 0, Token);
        await session.CommitAsync(Token);
        Assert.Equal("501", await test.AskAsync("SELECT nextval('account_id_seq')"));

        await test.RunAsync("ALTER TABLE account ALTER id RESTART WITH 9000");
        await store.AdvanceIdentityAsync(session, 600, Token);
        Assert.Equal("9000", await test.AskAsync("SELECT nextval('account_id_seq')"));
    }

    [Theory]
    [InlineData("number serial NOT NULL", "line_number_seq")]
    [InlineData("number integer NOT NULL DEFAULT nextval('\"Shared Numbers\"')", "\"Shared Numbers\"")]
    public async Task The_sequence_of_a_serial_and_of_a_plain_default_is_found(string column, string sequence)
    {
        string definition = Line.Definition.Replace("number serial NOT NULL", column, StringComparison.Ordinal);
        await using TestDatabase test = await TestDatabase.CreateAsync(server, "CREATE SEQUENCE \"Shared Numbers\";", definition);
        IEntityStore<Line, LineKey> store = await test.LinesAsync();
        await using SideSession session = await test.OpenAsync();
        await store.AdvanceIdentityAsync(session, 77, Token);
        Assert.Equal(77, await store.ReadIdentityAsync(session, Token));
        Assert.Equal("78", await test.AskAsync($"SELECT nextval('{sequence}')"));
    }

    [Fact]
    public async Task Without_a_numbered_column_there_is_no_counter()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Stamp.Definition);
        IEntityStore<Stamp, DateTime> store = await test.StoreAsync<Stamp, DateTime, StampMap>();
        await using SideSession session = await test.OpenAsync();
        Assert.Null(await store.ReadIdentityAsync(session, Token));
        await store.AdvanceIdentityAsync(session, 5, Token);
    }
}

using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

/// <summary>The intent's key is the stored row's, whatever value of it the application gave. Alone in the process: one test changes its zone.</summary>
[CollectionDefinition(nameof(StoredKeyTests), DisableParallelization = true)]
[Collection(nameof(StoredKeyTests))]
public sealed class StoredKeyTests(PostgreSqlServer server)
{
    private static readonly DateTime s_instant = new(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_local_time_as_key_leaves_intents_of_the_instant_that_is_stored()
    {
        string? zone = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", "Asia/Kolkata");
            TimeZoneInfo.ClearCachedData();
            DateTime local = s_instant.ToLocalTime();
            Assert.SkipWhen(local.Ticks == s_instant.Ticks, "No zone data is installed, so local time is UTC here.");
            await AssertIntentsAreOfTheRowAsync(new Visit { Code = "abc", At = local, Note = "" });
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Fact]
    public async Task Blanks_that_the_server_cuts_off_a_key_are_not_in_its_intent()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Visit.Definition);
        IEntityStore<Visit, VisitKey> store = await test.StoreAsync<Visit, VisitKey, VisitMap>();
        Visit row = new() { Code = "abc  ", At = s_instant, Note = "" };
        List<string> keys = [];
        await using (SideSession session = await test.BeginAsync())
        {
            foreach (WriteResult<Visit> result in new[]
            {
                await store.InsertAsync(session, TestDatabase.Dual, [row], Token),
                await store.UpsertAsync(session, TestDatabase.Dual, [row], Token),
            })
            {
                keys.Add(VisitMap.FormatKey(VisitMap.GetKey(result.Rows[0]!.Value.Image)));
            }

            await session.CommitAsync(Token);
        }

        Assert.Equal("abc", await test.AskAsync("SELECT code FROM visit"));
        Assert.Contains("\"abc\"", keys[0], StringComparison.Ordinal);
        Assert.Equal(keys, await test.RowsAsync("SELECT key FROM dbmove_intent ORDER BY id"));
    }

    [Fact]
    public async Task A_key_that_is_stored_as_given_is_written_with_its_intent_in_one_round_trip()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Visit.Definition);
        IEntityStore<Visit, VisitKey> store = await test.StoreAsync<Visit, VisitKey, VisitMap>();
        await using PostgreSqlRelay counter = new(test.ConnectionString);
        await using PostgreSqlDatabase database = new(Side.Source, ConnectionDefaults.CreateDataSource(counter.ConnectionString), ownsDataSource: true);
        database.Attach(TestDatabase.Control);
        await using SideSession session = await database.OpenAsync(SessionUse.Write, Token);
        counter.Take();
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        await store.UpsertAsync(session, TestDatabase.Dual, [new Visit { Code = "abc", At = s_instant, Note = "" }], Token);
        Assert.Equal(1, counter.Take());
    }

    private async Task AssertIntentsAreOfTheRowAsync(Visit row)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Visit.Definition);
        IEntityStore<Visit, VisitKey> store = await test.StoreAsync<Visit, VisitKey, VisitMap>();
        List<string> keys = [];
        await using (SideSession session = await test.BeginAsync())
        {
            foreach (WriteResult<Visit> result in new[]
            {
                await store.InsertAsync(session, TestDatabase.Dual, [row], Token),
                await store.UpdateAsync(session, TestDatabase.Dual, [row], Token),
                await store.UpsertAsync(session, TestDatabase.Dual, [row], Token),
                await store.DeleteAsync(session, TestDatabase.Dual, [VisitMap.GetKey(row)], Token),
            })
            {
                keys.Add(VisitMap.FormatKey(VisitMap.GetKey(result.Rows[0]!.Value.Image)));
            }

            await session.CommitAsync(Token);
        }

        Assert.Contains("2024-05-06T07:08:09", keys[0], StringComparison.Ordinal);
        Assert.Equal(keys, await test.RowsAsync("SELECT key FROM dbmove_intent ORDER BY id"));
    }
}

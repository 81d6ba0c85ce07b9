using DbMove.Dialects;
using Microsoft.Data.Sqlite;

namespace DbMove.Sqlite.Tests;

public sealed class DatabaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(":memory:")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("Data Source=x;Mode=ReadOnly")]
    [InlineData("file:x.db?mode=memory")]
    [InlineData("Mode=ReadWrite")]
    [InlineData(" ")]
    public void What_names_no_lasting_file_is_refused(string text) =>
        Assert.ThrowsAny<ArgumentException>(() => SqliteLocation.Parse(text));

    [Theory]
    [InlineData("shop.db", "shop.db")]
    [InlineData("a=b.db", "a=b.db")]
    [InlineData("Data Source=shop.db;Password=secret", "shop.db")]
    [InlineData("Filename=shop.db;Cache=Shared;Mode=ReadWriteCreate", "shop.db")]
    public void A_path_and_a_connection_string_name_a_file(string text, string expected)
    {
        SqliteLocation location = SqliteLocation.Parse(text);
        Assert.Equal(Path.GetFullPath(expected), location.Path);
        SqliteConnectionStringBuilder builder = new(location.ConnectionString);
        Assert.Equal(SqliteOpenMode.ReadWrite, builder.Mode);
        Assert.Equal(SqliteCacheMode.Private, builder.Cache);
        Assert.Equal(location.Path, new SqliteDatabase(Side.Source, location).DisplayName);
    }

    [Fact]
    public async Task A_missing_file_is_an_error_and_is_not_created()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using SqliteDatabase database = new(Side.Target, SqliteLocation.Parse(path));
        SqliteException failure = await Assert.ThrowsAsync<SqliteException>(() => database.OpenAsync(SessionUse.Write, Token).AsTask());
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Availability, database.Classify(failure));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_a_bug()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, new string('x', 5000), Token);
        await using SqliteDatabase database = new(Side.Target, SqliteLocation.Parse(path));
        SqliteException failure = await Assert.ThrowsAsync<SqliteException>(async () =>
        {
            await using SideSession session = await database.OpenAsync(SessionUse.Write, Token);
            await session.QueryAsync("SELECT * FROM sqlite_schema", default, static _ => 0, Token);
        });
        Assert.Equal(FailureKind.Bug, database.Classify(failure));
        File.Delete(path);
    }

    [Fact]
    public async Task One_file_is_one_database_through_links_and_another_file_at_its_path_is_another_server()
    {
        await using TestFile file = await TestFile.CreateAsync();
        string folderLink = Path.GetDirectoryName(file.Path) + "-link";
        Directory.CreateSymbolicLink(folderLink, Path.GetDirectoryName(file.Path)!);
        DatabaseIdentity direct = await IdentifyAsync(file.Path);
        DatabaseIdentity linked = await IdentifyAsync(Path.Combine(folderLink, "test.db"));
        Directory.Delete(folderLink);
        Assert.Equal(direct, linked);
        Assert.False(direct.MayHoldBothSides);

        string copy = file.Path + ".copy";
        file.Run($"VACUUM INTO '{copy}'");
        DatabaseIdentity copied = await IdentifyAsync(copy);
        Assert.NotEqual(direct.Server, copied.Server);
        Assert.NotEqual(direct.Database, copied.Database);
    }

    [Fact]
    public async Task A_sound_file_passes_the_check_and_UTF_16_does_not()
    {
        await using TestFile file = await TestFile.CreateAsync();
        Assert.Empty(await CheckAsync(file.Database));

        string wide = file.Path + ".wide";
        await using (SqliteConnection connection = new($"Data Source={wide};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA encoding = 'UTF-16'; CREATE TABLE t (c)";
            await command.ExecuteNonQueryAsync(Token);
        }

        await using SqliteDatabase database = new(Side.Source, SqliteLocation.Parse(wide));
        Assert.Contains("UTF-16", Assert.Single(await CheckAsync(database)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 5, FailureKind.Availability)]
    [InlineData(5, 517, FailureKind.Transient)]
    [InlineData(6, 262, FailureKind.Transient)]
    [InlineData(19, 2067, FailureKind.UniqueClash)]
    [InlineData(19, 1555, FailureKind.UniqueClash)]
    [InlineData(19, 2579, FailureKind.UniqueClash)]
    [InlineData(19, 787, FailureKind.ForeignKey)]
    [InlineData(19, 1299, FailureKind.Data)]
    [InlineData(19, 275, FailureKind.Data)]
    [InlineData(20, 20, FailureKind.Data)]
    [InlineData(18, 18, FailureKind.Data)]
    [InlineData(10, 10, FailureKind.Availability)]
    [InlineData(13, 13, FailureKind.Availability)]
    [InlineData(14, 14, FailureKind.Availability)]
    [InlineData(26, 26, FailureKind.Bug)]
    [InlineData(8, 8, FailureKind.Bug)]
    [InlineData(1, 1, FailureKind.Bug)]
    public void Every_code_has_a_meaning(int code, int extended, FailureKind expected) =>
        Assert.Equal(expected, FailureClassifier.Classify(new SqliteException("x", code, extended)));

    [Theory]
    [InlineData(5, 5, FailureKind.Transient)]
    [InlineData(19, 787, FailureKind.ForeignKey)]
    [InlineData(10, 10, FailureKind.UnknownOutcome)]
    [InlineData(13, 13, FailureKind.UnknownOutcome)]
    public void P19_A_failed_commit_says_whether_its_outcome_is_known(int code, int extended, FailureKind expected) =>
        Assert.Equal(expected, FailureClassifier.ClassifyCommit(new SqliteException("x", code, extended)));

    [Fact]
    public void What_is_not_the_databases_has_no_kind()
    {
        Assert.Null(FailureClassifier.Classify(new OperationCanceledException()));
        Assert.Null(FailureClassifier.Classify(new InvalidOperationException()));
        Assert.Equal(FailureKind.Data, FailureClassifier.Classify(new InvalidDataException()));
    }

    [Fact]
    public async Task A_deferred_foreign_key_fails_the_commit_which_can_be_rolled_back()
    {
        await using TestFile file = await TestFile.CreateAsync(
            "CREATE TABLE p (id INTEGER PRIMARY KEY)", "CREATE TABLE c (id INTEGER PRIMARY KEY, p INT REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)");
        await using SideSession session = await file.WriteAsync();
        await session.ExecuteAsync("INSERT INTO c VALUES (1, 1)", default, Token);
        SqliteException failure = await Assert.ThrowsAsync<SqliteException>(() => session.CommitAsync(Token).AsTask());
        Assert.Equal(FailureKind.ForeignKey, file.Database.ClassifyCommit(failure));
        await session.RollbackAsync();
        Assert.Equal(0L, file.Ask("SELECT count(*) FROM c"));
        await session.BeginAsync(new TransactionStart(), Token);
    }

    private static async Task<DatabaseIdentity> IdentifyAsync(string path)
    {
        await using SqliteDatabase database = new(Side.Source, SqliteLocation.Parse(path));
        await using SideSession session = await database.OpenAsync(SessionUse.Read, Token);
        return await database.IdentifyAsync(session, Token);
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(SqliteDatabase database)
    {
        await using SideSession session = await database.OpenAsync(SessionUse.Write, Token);
        return await database.CheckServerAsync(session, TestFile.Control, requireDurability: true, Token);
    }
}

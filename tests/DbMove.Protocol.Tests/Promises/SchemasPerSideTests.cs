using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>
/// Tables in one schema on the source and in another on the target. The search path finds others, of the same names and columns:
/// whatever forgets the schema works on those. Plain SQL is the oracle.
/// </summary>
public sealed class SchemasPerSideTests(PostgreSqlServer server)
{
    private const string SourceClaims = """SELECT id, code, amount FROM "old shop".claim ORDER BY id""";
    private const string TargetClaims = """"SELECT id, code, amount FROM "New""Shop".claims ORDER BY id"""";
    private const string SourceParts = """SELECT claim_id, line, note FROM "old shop".part ORDER BY 1, 2""";
    private const string TargetParts = """"SELECT claim_id, line, note FROM "New""Shop".part ORDER BY 1, 2"""";

    [Fact]
    public async Task Writes_of_every_stage_the_copy_the_comparison_and_repairs_find_the_table_of_their_side()
    {
        await using Bank bank = await CreateAsync();
        Migration migration = await bank.StartAsync(Stage.SourceOnly, Prompt);
        ClaimRepository claims = new(migration);
        ClaimPartRepository parts = new(migration);

        // The source alone.
        Claim first = await claims.InsertAsync(new Claim { Code = "first", Amount = 1 });
        await parts.InsertAsync(new ClaimPart { ClaimId = first.Id, Line = 1, Note = "of the first" });
        Assert.Equal(3, await claims.AddAsync("%", 10));
        Assert.Equal((3, 0), (await ClaimsAsync(bank.Source, SourceClaims), await ClaimsAsync(bank.Target, TargetClaims)));

        // Both, the source first.
        await migration.SwitchAsync(Stage.SourceFirst, Bank.Forced);
        await migration.Backfill.StartAsync();
        BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(copied.State == BackfillState.Completed, copied.Failure?.ToString());
        await AssertEqualAsync(bank, 3, 2);
        await WriteAsync(migration, claims, parts);
        await AssertEqualAsync(bank, 4, 3);
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);

        await bank.Target.ExecuteAsync(
            """"
            UPDATE "New""Shop".claims SET amount = -1 WHERE code = 'first';
            DELETE FROM "New""Shop".part WHERE claim_id = 1;
            INSERT INTO "New""Shop".claims (id, code, amount, updated_at) VALUES (900, 'too many', 0, now())
            """");
        await RepairAsync(migration);
        await AssertEqualAsync(bank, 4, 3);

        // A write whose process ends between the commits.
        await Bank.SettleAsync(migration);
        Crash.At(migration, "write.authority_committed");
        await Assert.ThrowsAsync<Crash>(() => claims.AddAsync("first", 1));
        migration = await bank.StartAsync(Prompt);
        (claims, parts) = (new(migration), new(migration));
        await Bank.SettleAsync(migration);
        await AssertEqualAsync(bank, 4, 3);

        // Both, the target first.
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await WriteAsync(migration, claims, parts);
        await AssertEqualAsync(bank, 5, 4);
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);

        await bank.Source.ExecuteAsync("""UPDATE "old shop".part SET note = 'wrong' WHERE claim_id = 1; DELETE FROM "old shop".claim WHERE id = 2""");
        await RepairAsync(migration);
        await AssertEqualAsync(bank, 5, 4);

        // The target alone.
        await Bank.SettleAsync(migration);
        await migration.SwitchAsync(Stage.TargetOnly, Bank.Forced);
        Assert.Equal(5, await claims.AddAsync("%", 1));
        Assert.True(await parts.DeleteAsync(new ClaimPartKey(1, 1)));
        await claims.InsertAsync(new Claim { Code = "last" });
        Assert.Equal((5, 6), (await ClaimsAsync(bank.Source, SourceClaims), await ClaimsAsync(bank.Target, TargetClaims)));

        // Those that the search path finds.
        foreach ((Database database, string table) in new[] { (bank.Source, "claim"), (bank.Target, "claims") })
        {
            Assert.Equal(["1|another's|7.00"], await database.RowsAsync($"SELECT id, code, amount FROM {table}"));
            Assert.Equal(["1|1|another's"], await database.RowsAsync("SELECT claim_id, line, note FROM part"));
        }
    }

    /// <summary>One row more of each, every kind of write, and two rows that change their unique values: on the follower none can go first.</summary>
    private static async Task WriteAsync(Migration migration, ClaimRepository claims, ClaimPartRepository parts)
    {
        Claim old = (await claims.FindAsync(1))!;
        Claim added;
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            added = await claims.InsertAsync(new Claim { Code = "added in " + migration.Stage, Amount = 5 }, transaction);
            await parts.UpsertAsync(new ClaimPart { ClaimId = added.Id, Line = 1, Note = added.Code }, transaction);
            Claim gone = await claims.InsertAsync(new Claim { Code = "gone" }, transaction);
            Assert.True(await claims.DeleteAsync(gone.Id, transaction));
            await claims.UpdateAsync(added with { Code = "aside" }, transaction);
            await claims.UpdateAsync(old with { Code = added.Code, Amount = 8 }, transaction);
            await transaction.CommitAsync();
        }

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await claims.UpdateAsync(old with { Code = "between" }, transaction);
            await claims.UpdateAsync(added with { Code = added.Code }, transaction);
            await claims.UpdateAsync(old with { Code = "aside" }, transaction);
            await transaction.CommitAsync();
        }

        await claims.UpdateAsync(old);
        Assert.Equal(1, await claims.AddAsync("added in " + migration.Stage, 1));
        Assert.Equal(6, (await claims.FindByNoteAsync(added.Code))!.Amount);
    }

    private static async Task RepairAsync(Migration migration)
    {
        Assert.InRange((await Outbox.ValidateAsync(migration)).Entities.Sum(entity => entity.Different + entity.MissingInTarget + entity.MissingInSource), 2, 3);
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
    }

    private static async Task AssertEqualAsync(Bank bank, int claims, int parts)
    {
        List<string> found = await bank.Source.RowsAsync(SourceClaims);
        Assert.Equal(found, await bank.Target.RowsAsync(TargetClaims));
        List<string> foundParts = await bank.Source.RowsAsync(SourceParts);
        Assert.Equal(foundParts, await bank.Target.RowsAsync(TargetParts));
        Assert.Equal((claims, parts), (found.Count, foundParts.Count));
    }

    private static async Task<int> ClaimsAsync(Database database, string sql) => (await database.RowsAsync(sql)).Count;

    private static void Prompt(MigrationOptions options) => options.Validation.SuspectDelay = TimeSpan.Zero;

    private async Task<Bank> CreateAsync()
    {
        Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        foreach ((Database database, string schema, string table) in new[] { (bank.Source, "\"old shop\"", "claim"), (bank.Target, "\"New\"\"Shop\"", "claims") })
        {
            await database.ExecuteAsync($"CREATE SCHEMA {schema}");
            foreach (string place in new[] { schema, "public" })
            {
                await database.ExecuteAsync(
                    $"""
                    CREATE TABLE {place}.{table} (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, code TEXT NOT NULL UNIQUE, amount NUMERIC(12, 2) NOT NULL, updated_at TIMESTAMPTZ NOT NULL);
                    CREATE TABLE {place}.part (claim_id BIGINT NOT NULL REFERENCES {place}.{table} (id), line INTEGER NOT NULL, note TEXT, PRIMARY KEY (claim_id, line));
                    """);
            }

            await database.ExecuteAsync($"INSERT INTO public.{table} VALUES (1, 'another''s', 7, now()); INSERT INTO public.part VALUES (1, 1, 'another''s')");
        }

        await bank.Source.ExecuteAsync(
            """
            INSERT INTO "old shop".claim (code, amount, updated_at) VALUES ('a', 1, now()), ('b', 2, now());
            INSERT INTO "old shop".part VALUES (1, 1, 'of a')
            """);
        bank.Additional = static builder => builder.AddEntity<Claim>().AddEntity<ClaimPart>();
        return bank;
    }
}

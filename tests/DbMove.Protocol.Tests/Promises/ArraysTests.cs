using System.Globalization;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Arrays: PostgreSQL's own on the one side, the text of a JSON array on the other.</summary>
public sealed class ArraysTests(PostgreSqlServer server)
{
    private static readonly Guid s_related = new("8a7f4d4e-0001-4a6b-9d10-000000000001");

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_path_keeps_the_elements_and_their_order(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        await bank.Source.ExecuteAsync(bank.Source.IsPostgreSql
            ? "INSERT INTO product (id, tags, sizes) SELECT g, ARRAY['a', g::text], NULL FROM generate_series(1, 100) AS g"
            : """INSERT INTO product (id, tags, sizes) WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 100) SELECT n, '["a", "' || n || '"]', NULL FROM g""");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
        ProductRepository products = new(migration);

        await migration.Backfill.StartAsync();
        BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(copied.State == BackfillState.Completed, copied.Failure?.ToString());
        Assert.Equal(100, await bank.Target.CountAsync("product"));
        Product written = new()
        {
            Id = 200,
            Tags = ["x\"y", "NULL", "", "{a,b}", "ä\\'"],
            Sizes = [],
            Numbers = [long.MinValue, 3, 2, long.MaxValue],
            Ratios = [0.1, 1e300, -0.0],
            Prices = [1.10m, 79228162514264337593543950335m],
            Flags = [true, false],
            Related = [s_related],
            Picture = [1, 2],
        };
        Product stored = await products.InsertAsync(written);
        await products.UpsertManyAsync([.. Enumerable.Range(300, 5).Select(id => new Product { Id = id, Tags = [$"{id}"], Sizes = [id, 1] })]);
        await Bank.SettleAsync(migration);

        Assert.Equivalent(written, stored, strict: true);
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            string third = bank.On(side).IsPostgreSql ? "tags[2]" : "json_extract(tags, '$[1]')";
            string biggest = bank.On(side).IsPostgreSql ? "numbers[4]" : "json_extract(numbers, '$[3]')";
            string length = bank.On(side).IsPostgreSql ? "cardinality(sizes)" : "json_array_length(sizes)";
            Assert.Equal(["7|null", $"NULL|{long.MaxValue.ToString(CultureInfo.InvariantCulture)}"], await bank.On(side).RowsAsync($"SELECT {third}, {biggest} FROM product WHERE id IN (7, 200) ORDER BY id"));
            Assert.Equal(["null", "0", "2"], await bank.On(side).RowsAsync($"SELECT {length} FROM product WHERE id IN (7, 200, 300) ORDER BY id"));
        }

        // The order counts; a repair brings it back.
        await bank.Target.ExecuteAsync(bank.Target.IsPostgreSql ? "UPDATE product SET sizes = '{1,300}' WHERE id = 300" : "UPDATE product SET sizes = '[1,300]' WHERE id = 300");
        Assert.Equal(1, (await Outbox.ValidateAsync(migration)).Entities.Sum(entity => entity.Different));
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        await AssertReadBySqlAsync();
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await AssertReadBySqlAsync();
        Assert.Equal("300,1", string.Join(',', (await products.FindAsync(300))!.Sizes!));
        Assert.Equivalent(written, await products.FindAsync(200), strict: true);
        written.Picture = null;
        Assert.Equivalent(written, await products.ClearPictureAsync(200), strict: true);
        Assert.Equal(["0"], await bank.Source.RowsAsync("SELECT COUNT(picture) FROM product"));

        async Task AssertReadBySqlAsync()
        {
            Assert.Equivalent(written, await products.ReadAsync(200), strict: true);
            Assert.Equivalent(new ProductLists(written.Tags, [], written.Flags), await products.ReadListsAsync(200), strict: true);
        }
    }

    /// <summary>The naive way: the image that the caller was given is the one that the follower will receive.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_a_caller_does_to_an_after_image_reaches_no_side(Engine engine)
    {
        await using Bank bank = await CreateAsync(engine);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        ProductRepository products = new(migration);

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            Product image = await products.InsertAsync(new Product { Id = 1, Tags = ["kept"], Picture = [1] }, transaction);
            image.Tags[0] = "changed";
            image.Picture![0] = 9;
            image.Sizes = [9];
            await transaction.CommitAsync();
        }

        await Bank.SettleAsync(migration);
        string rows = $"SELECT {(bank.Target.IsPostgreSql ? "array_to_json(tags)::text, array_to_json(sizes)::text, encode(picture, 'hex')" : "tags, sizes, hex(picture)")} FROM product";
        Assert.Equal(["[\"kept\"]|null|01"], await bank.Target.RowsAsync(rows));
    }

    [Fact]
    public async Task What_an_array_member_cannot_hold_is_said_and_nothing_is_lost()
    {
        await using Bank bank = await CreateAsync(Engine.PostgreSql);
        await bank.Source.ExecuteAsync("INSERT INTO product (id, tags) VALUES (1, '{a,NULL}'), (2, '{{a},{b}}')");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        ProductRepository products = new(migration);

        foreach (long id in (long[])[1, 2])
        {
            Exception read = await Assert.ThrowsAnyAsync<Exception>(() => products.FindAsync(id));
            Assert.Contains("Product.Tags cannot be read", read.ToString(), StringComparison.Ordinal);
        }

        Exception write = await Assert.ThrowsAnyAsync<Exception>(() => products.InsertAsync(new Product { Id = 3, Tags = [null!], Ratios = [double.NaN] }));
        Assert.Contains("Product.Tags cannot be stored", write.ToString(), StringComparison.Ordinal);

        await bank.Target.ExecuteAsync("ALTER TABLE product ALTER COLUMN numbers TYPE integer[], ALTER COLUMN prices TYPE numeric(5,2)[], ALTER COLUMN tags TYPE varchar(3)[]");
        SchemaCheckException refused = await Assert.ThrowsAsync<SchemaCheckException>(() => bank.StartAsync());
        Assert.Equal(2, refused.Findings.Count);
        Assert.Contains(refused.Findings, finding => finding.Contains("bigint[]", StringComparison.Ordinal));
        Assert.Contains(refused.Findings, finding => finding.Contains("numeric[]", StringComparison.Ordinal));
    }

    private async Task<Bank> CreateAsync(Engine engine)
    {
        Bank bank = await Bank.CreateAsync(engine, server);
        foreach (Database database in (Database[])[bank.Source, bank.Target])
        {
            await database.ExecuteAsync(database.IsPostgreSql
                ? """
                  CREATE TABLE product (id BIGINT PRIMARY KEY, tags TEXT[] NOT NULL, sizes INTEGER[], numbers BIGINT[] NOT NULL DEFAULT '{}', ratios DOUBLE PRECISION[] NOT NULL DEFAULT '{}',
                      prices NUMERIC[] NOT NULL DEFAULT '{}', flags BOOLEAN[] NOT NULL DEFAULT '{}', related UUID[] NOT NULL DEFAULT '{}', picture BYTEA)
                  """
                : """
                  CREATE TABLE product (id BIGINT NOT NULL PRIMARY KEY, tags TEXT NOT NULL, sizes TEXT, numbers TEXT NOT NULL DEFAULT '[]', ratios TEXT NOT NULL DEFAULT '[]',
                      prices TEXT NOT NULL DEFAULT '[]', flags TEXT NOT NULL DEFAULT '[]', related TEXT NOT NULL DEFAULT '[]', picture BLOB)
                  """);
        }

        bank.Additional = builder => builder.AddEntity<Product>();
        return bank;
    }
}

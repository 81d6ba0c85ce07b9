using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Each side stores a member in a form of its own; every path between the sides keeps the value.</summary>
public sealed class FormsPerSideTests(PostgreSqlServer server)
{
    private const string Rows = "SELECT id, carriage, former, total, due FROM invoice ORDER BY id";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Backfill_dual_writes_validation_and_repair_translate(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        string numeric = bank.Target.IsPostgreSql ? "NUMERIC(12,2)" : "TEXT";
        await bank.Source.ExecuteAsync("CREATE TABLE invoice (id BIGINT NOT NULL PRIMARY KEY, carriage SMALLINT NOT NULL, former TEXT, total BIGINT NOT NULL, due BIGINT)");
        await bank.Target.ExecuteAsync($"CREATE TABLE invoice (id BIGINT NOT NULL PRIMARY KEY, carriage TEXT NOT NULL, former SMALLINT, total {numeric} NOT NULL, due TEXT)");
        bank.Additional = builder => builder.AddEntity<Invoice>();
        await bank.Source.ExecuteAsync("INSERT INTO invoice VALUES (1, 1, 'Rail', 1250, 36000000000), (2, 2, NULL, 99, NULL)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Validation.SuspectDelay = TimeSpan.Zero);
        InvoiceRepository invoices = new(migration);

        await migration.Backfill.StartAsync();
        BackfillReport copied = await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(copied.State == BackfillState.Completed, copied.Failure?.ToString());
        Invoice stored = await invoices.InsertAsync(new Invoice { Id = 3, Carriage = Carriage.Rail, Former = Carriage.Road, Total = 7.5m, Due = TimeSpan.FromMinutes(90) });
        await Bank.SettleAsync(migration);

        Assert.Equal(new Invoice { Id = 3, Carriage = Carriage.Rail, Former = Carriage.Road, Total = 7.5m, Due = TimeSpan.FromMinutes(90) }, stored);
        Assert.Equal(["1|1|Rail|1250|36000000000", "2|2|null|99|null", "3|2|Road|750|54000000000"], await bank.Source.RowsAsync(Rows));
        string[] expected = bank.Target.IsPostgreSql
            ? ["1|Road|2|12.50|01:00:00", "2|Rail|null|0.99|null", "3|Rail|1|7.50|01:30:00"]
            : ["1|Road|2|12.5|01:00:00", "2|Rail|null|0.99|null", "3|Rail|1|7.5|01:30:00"];
        Assert.Equal(expected, await bank.Target.RowsAsync(Rows));
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);

        await bank.Target.ExecuteAsync("UPDATE invoice SET carriage = 'Rail' WHERE id = 1; UPDATE invoice SET due = '02:00:00' WHERE id = 3");
        Assert.Equal(2, (await Outbox.ValidateAsync(migration)).Entities.Sum(entity => entity.Different));
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }

        Assert.Equal(expected, await bank.Target.RowsAsync(Rows));
        IReadOnlyList<Invoice> ofSource = await invoices.ReadAsync();
        Assert.Equal(new InvoiceTotal(Carriage.Rail, 0.99m), await invoices.ReadTotalAsync(2));
        Assert.Equal(ofSource, await invoices.ReadAfterAnotherAsync());
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        Assert.Equal(ofSource, await invoices.ReadAsync());
        Assert.Equal(ofSource, await invoices.ReadAfterAnotherAsync());
        Assert.Equal(new InvoiceTotal(Carriage.Rail, 0.99m), await invoices.ReadTotalAsync(2));
        Assert.Equal(stored, ofSource[2]);
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await invoices.UpdateAsync(stored with { Carriage = Carriage.Road, Total = 0.01m }, transaction);
        await transaction.CommitAsync();
        Assert.Equal(["3|1|Road|1|54000000000"], (await bank.Source.RowsAsync(Rows))[2..]);
    }
}

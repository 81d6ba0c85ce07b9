namespace DbMove.Migrations.Tests.Chinook;

/// <summary>Writers that insert, change and delete, alone and in transactions of two entities, until they are told to stop.</summary>
internal sealed class ChinookWriters(Migration migration, IReadOnlyList<TableTraffic> tables, int writers)
{
    private const int Seed = 20_240_501;
    private readonly Dictionary<string, TableTraffic> _tables = tables.ToDictionary(table => table.Table);

    // Lines and invoices are inserted in pairs; playlist_track has no columns of its own to make new keys from.
    private readonly List<TableTraffic> _single = [.. tables.Where(table => table.Table is not ("invoice" or "invoice_line" or "playlist_track"))];

    private readonly Writer[] _writers = [.. Enumerable.Range(0, writers).Select(index => new Writer(index, new Random(Seed + index)) { Number = index })];

    public Ledger Ledger { get; } = new();

    /// <summary>Runs until <paramref name="stop"/> is cancelled, which ends no write half-way. May run again: it goes on where it was.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(_writers.Select(writer => Task.Run(() => WriteAsync(writer, stop))));

    private async Task WriteAsync(Writer writer, CancellationToken stop)
    {
        (_, Random random, List<(TableTraffic Table, int Number)> own) = writer;
        for (int round = 0; !stop.IsCancellationRequested; round++)
        {
            TableTraffic any = tables[random.Next(tables.Count)];
            switch (round % 8)
            {
                case 0:
                    TableTraffic table = _single[random.Next(_single.Count)];
                    (await table.InsertAsync(writer.Number))(Ledger);
                    own.Add((table, writer.Number));
                    writer.Number += writers;
                    break;

                case 1:
                    await InsertPairAsync(writer.Number);
                    own.Add((_tables["invoice_line"], writer.Number));
                    writer.Number += writers;
                    break;

                case 2 or 3:
                    (TableTraffic changed, int which) = own[random.Next(own.Count)];
                    await changed.ChangeAsync(Ledger, which, round);
                    break;

                case 4:
                    TableTraffic leaf = _tables[random.Next(2) == 0 ? "invoice_line" : "playlist_track"];
                    await leaf.ToggleRealAsync(Ledger, Mine(leaf, random, writer));
                    break;

                case 5 when own.Count > 20:
                    int oldest = random.Next(own.Count);
                    await own[oldest].Table.DeleteAsync(Ledger, own[oldest].Number);
                    own.RemoveAt(oldest);
                    break;

                default:
                    await any.ChangeRealAsync(Ledger, Mine(any, random, writer), round);
                    break;
            }
        }
    }

    private async Task InsertPairAsync(int number)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync(cancellationToken: token);
        Action<Ledger> invoice = await _tables["invoice"].InsertAsync(number, transaction);
        Action<Ledger> line = await _tables["invoice_line"].InsertAsync(number, transaction);
        await transaction.CommitAsync(token);
        invoice(Ledger);
        line(Ledger);
    }

    /// <summary>A real row that no other writer touches.</summary>
    private int Mine(TableTraffic table, Random random, Writer writer)
    {
        int count = (table.RealCount - writer.Index + writers - 1) / writers;
        return writer.Index + (random.Next(count) * writers);
    }

    /// <param name="Index">Which of the writers it is: rows whose number leaves this rest are its own.</param>
    /// <param name="Random">Its seeded choices.</param>
    /// <param name="Own">The rows that it has inserted and not deleted.</param>
    private sealed record Writer(int Index, Random Random, List<(TableTraffic Table, int Number)> Own)
    {
        public Writer(int index, Random random)
            : this(index, random, [])
        {
        }

        /// <summary>The number of its next row.</summary>
        public int Number { get; set; }
    }
}

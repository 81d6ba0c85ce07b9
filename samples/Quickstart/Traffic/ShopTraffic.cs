using Quickstart.Ledger;
using Quickstart.Scenario;
using Quickstart.Seeding;
using Quickstart.Shop;

namespace Quickstart.Traffic;

/// <summary>Writers and readers in a closed loop without pauses: each begins its next call when the last one has answered.</summary>
internal sealed class ShopTraffic
{
    private const int Readers = 4;
    private readonly List<Writer> _writers = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _stopping = new();
    private long _lastWrite;

    public ShopTraffic(int writers, SeededShop seeded, DamagePlan damage, ShopRepositories shop, LedgerFile ledger, LedgerContent? before)
    {
        Books books = new(seeded);
        RecentOrders recent = new();
        WriterPlans[] plans = [.. Enumerable.Range(0, writers).Select(number => new WriterPlans(
            number, writers, seeded, books, damage, new Random(HashCodeOf(seeded.Seed, number, before?.LastWrite ?? 0))))];
        if (before is not null)
        {
            Restore(before, books, plans, seeded);
        }

        _writers.AddRange(plans.Select((plan, number) => new Writer(number, plan, shop, books, recent, ledger, Counters, NextWrite)));
        Loops =
        [
            .. _writers.Select(writer => (Func<CancellationToken, Task>)writer.RunAsync),
            .. Enumerable.Range(0, Readers).Select(number => (Func<CancellationToken, Task>)new Reader(
                seeded, shop, books, recent, Counters, new Random(HashCodeOf(seeded.Seed, writers + number, 0))).RunAsync),
        ];
    }

    public TrafficCounters Counters { get; } = new();

    /// <summary>Ends with the first failure of a writer or reader; else when all have stopped.</summary>
    public Task Failure { get; private set; } = Task.CompletedTask;

    private IReadOnlyList<Func<CancellationToken, Task>> Loops { get; }

    public void Start()
    {
        _running.AddRange(Loops.Select(loop => Task.Run(() => loop(_stopping.Token), CancellationToken.None)));
        Failure = FirstFailureAsync(_running);
    }

    /// <summary>Runs something while no write is under way; readers go on.</summary>
    public async Task WithoutWritesAsync(Func<Task> work)
    {
        foreach (Writer writer in _writers)
        {
            await writer.Turn.WaitAsync();
        }

        try
        {
            await work();
        }
        finally
        {
            _writers.ForEach(writer => writer.Turn.Release());
        }
    }

    /// <summary>Lets every call that is under way finish, and ends.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
    }

    private long NextWrite() => Interlocked.Increment(ref _lastWrite);

    private void Restore(LedgerContent before, Books books, WriterPlans[] plans, SeededShop seeded)
    {
        _lastWrite = before.LastWrite;
        Counters.Start(before.Writes);
        books.Restore(before);
        foreach ((RowKey key, (object? row, int writer)) in before.Acknowledged)
        {
            if (key.Table == ShopTable.Orders && key.Id > seeded.Orders && row is not null && writer < plans.Length)
            {
                plans[writer].Own(key.Id);
            }
        }
    }

    private static async Task FirstFailureAsync(IEnumerable<Task> running)
    {
        await foreach (Task ended in Task.WhenEach(running))
        {
            await ended;
        }
    }

    /// <summary>Not <see cref="HashCode"/>, which differs from process to process.</summary>
    private static int HashCodeOf(int seed, int number, long write) => unchecked((((seed * 397) + number) * 397) + (int)write) & int.MaxValue;
}

using DbMove.AotSmoke.Service;

namespace DbMove.AotSmoke.Traffic;

/// <summary>Several callers at once, without a pause, until they are told to stop. The first thing that is wrong ends all of it.</summary>
internal sealed class ShopTraffic(ShopClient shop, Ledger ledger)
{
    private const int Writers = 4;
    private readonly CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource? _held;
    private int _waiting;

    /// <summary>Ends, with the reason, when something is wrong.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start()
    {
        IEnumerable<Func<Task>> callers = Enumerable.Range(0, Writers).Select<int, Func<Task>>(number => () => WriteAsync(new Writer(number, shop, ledger))).Append(ReadAsync);
        Running = Task.WhenAll(callers.Select(caller => Task.Run(() => UntilFailureAsync(caller))));
    }

    /// <summary>Does something while no call is under way that writes.</summary>
    public async Task WithoutWritesAsync(Func<Task> action)
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _held = held;
        try
        {
            await Wait.UntilAsync("the writers to pause", TimeSpan.FromSeconds(60), () => Task.FromResult(Volatile.Read(ref _waiting) == Writers), Running);
            await action();
        }
        finally
        {
            _held = null;
            held.SetResult();
        }
    }

    /// <summary>Waits until there were so many more acknowledged writes.</summary>
    public Task PassAsync(int writes)
    {
        int goal = ledger.Writes + writes;
        return Wait.UntilAsync($"{writes} more writes", TimeSpan.FromSeconds(120), () => Task.FromResult(ledger.Writes >= goal), Running);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Running;
    }

    /// <summary>One that fails ends the others, so that its reason is known at once.</summary>
    private async Task UntilFailureAsync(Func<Task> caller)
    {
        try
        {
            await caller();
        }
        finally
        {
            await _stop.CancelAsync();
        }
    }

    private async Task WriteAsync(Writer writer)
    {
        for (int round = 0; !_stop.IsCancellationRequested; round++)
        {
            if (_held is { } held)
            {
                Interlocked.Increment(ref _waiting);
                await held.Task;
                Interlocked.Decrement(ref _waiting);
            }

            await writer.RunRoundAsync(round);
        }
    }

    /// <summary>Lists page after page: numbers grow, and every order has its lines.</summary>
    private async Task ReadAsync()
    {
        long after = 0;
        while (!_stop.IsCancellationRequested)
        {
            OrderPage page = await shop.ListAsync(after);
            foreach (OrderView order in page.Orders)
            {
                SmokeException.Require(order.Id > after, $"the list goes from order {after} to {order.Id}");
                after = order.Id;
            }

            after = page.Next ?? 0;
            await Task.Delay(5);
        }
    }
}

using System.Diagnostics;

namespace DbMove.Nats.Tests.Setup;

/// <summary>Waits for what comes by itself, for a bounded time that decides nothing but when to give up.</summary>
internal static class Eventually
{
    public static Task<T> GetAsync<T>(Func<Task<T?>> look, string what)
        where T : class => GetAsync(look, what, TimeSpan.FromSeconds(30));

    public static async Task<T> GetAsync<T>(Func<Task<T?>> look, string what, TimeSpan limit)
        where T : class
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            Assert.True(waited.Elapsed < limit, $"Not within {limit.TotalSeconds} s: {what}");
            await Task.Delay(25);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> look, string what) => TrueAsync(look, what, TimeSpan.FromSeconds(30));

    public static async Task TrueAsync(Func<Task<bool>> look, string what, TimeSpan limit) => await GetAsync(async () => await look() ? "yes" : null, what, limit);

    /// <summary>Repeats what fails while the broker is away.</summary>
    public static async Task<T> SucceedsAsync<T>(Func<Task<T>> call, string what)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (EventChannelException exception)
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), $"Not within 30 s: {what}: {exception.Message}");
                await Task.Delay(25);
            }
        }
    }
}

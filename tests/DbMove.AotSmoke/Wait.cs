using System.Diagnostics;

namespace DbMove.AotSmoke;

/// <summary>Waits with a bound, and not for a service whose traffic has already failed.</summary>
internal static class Wait
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    public static async Task UntilAsync(string what, TimeSpan patience, Func<Task<bool>> isSo, Task traffic)
    {
        long began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (traffic.IsFaulted)
            {
                await traffic;
            }

            SmokeException.Require(Stopwatch.GetElapsedTime(began) < patience, $"waited {patience.TotalSeconds:0} s in vain for {what}");
            await Task.Delay(s_poll);
        }
    }
}

namespace DbMove.CrashProcess;

/// <summary>Stands still for ever at a point, and says so. Says every point that it passes on the way as well.</summary>
internal sealed class Arrest(string point, int occurrence)
{
    private Task _told = Task.CompletedTask;
    private int _passed;

    /// <summary>From now on; where the engine is ahead of the answer, not before that was given.</summary>
    public void Begin(Migration migration, Task? told = null)
    {
        _told = told ?? Task.CompletedTask;
        migration.Context.Probes.Handler = PassAsync;
    }

    private async ValueTask PassAsync(string reached, CancellationToken cancellationToken)
    {
        if (reached != point || Interlocked.Increment(ref _passed) != occurrence)
        {
            Console.WriteLine("passed " + reached);
            return;
        }

        // No token: whatever time-out or budget the engine has, it is over only when the process is.
        await _told;
        Console.WriteLine("reached " + reached);
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}

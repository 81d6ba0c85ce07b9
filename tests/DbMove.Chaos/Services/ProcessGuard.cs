using System.Diagnostics;

namespace DbMove.Chaos.Services;

/// <summary>
/// Kills the services when the runner has ended, however it ended: a service that stands still (SIGSTOP) does not see the end
/// of its input.
/// </summary>
internal sealed class ProcessGuard : IAsyncDisposable
{
    private const string Script = """
        pids=""
        while read -r sign pid; do
            if [ "$sign" = + ]; then pids="$pids $pid "; else pids=$(echo "$pids" | sed "s/ $pid / /"); fi
        done
        for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
        """;

    private readonly Process _shell;
    private readonly Lock _lock = new();

    public ProcessGuard()
    {
        // A session of its own: an interrupt on the terminal must not end it before the runner.
        ProcessStartInfo start = new("setsid", ["sh", "-c", Script]) { RedirectStandardInput = true };
        _shell = Process.Start(start) ?? throw new InvalidOperationException("The services' guard did not start.");
    }

    public void Watch(int process) => Tell('+', process);

    public void Forget(int process) => Tell('-', process);

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private void Tell(char sign, int process)
    {
        lock (_lock)
        {
            _shell.StandardInput.WriteLine($"{sign} {process}");
            _shell.StandardInput.Flush();
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DbMove.Chaos.Services;

/// <summary>One service as the runner has it: started, asked, killed, stopped and started again.</summary>
internal sealed class ServiceProcess(ServiceArguments arguments, ProcessGuard guard)
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _asked = new();
    private readonly Lock _lock = new();
    private Process? _process;
    private int _number;

    public string Name => arguments.Name;

    /// <summary>Whether it has started and was not killed since.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether it was killed and is not to be started yet.</summary>
    public bool IsHeldDown { get; set; }

    /// <summary>How often it ended without being killed.</summary>
    public int Deaths { get; private set; }

    /// <summary>Whether it should be writing: what a service that starts again goes on with.</summary>
    public bool Writes { get; set; }

    /// <summary>Starts it; false: it could not, because a side is away (a start needs both).</summary>
    public async Task<bool> TryStartAsync()
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "DbMove.Chaos"), arguments.ToArguments()) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("A service did not start.");
        guard.Watch(process.Id);
        TaskCompletionSource<string> ready = _asked[0] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _process = process;
        }

        _ = ReadAsync(process);
        try
        {
            await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
            IsUp = true;
            if (Writes)
            {
                await AskAsync("write", TimeSpan.FromSeconds(30));
            }

            return true;
        }
        catch (Exception exception) when (exception is ServiceGoneException or RefusedException or TimeoutException)
        {
            await KillAsync();
            return false;
        }
    }

    /// <summary>Gives a command and waits for its answer.</summary>
    /// <exception cref="ServiceGoneException">It does not run, or was killed meanwhile.</exception>
    /// <exception cref="RefusedException">It answered with an error.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    public async Task<string> AskAsync(string command, TimeSpan within)
    {
        int number = Interlocked.Increment(ref _number);
        TaskCompletionSource<string> answer = _asked[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            lock (_lock)
            {
                if (_process is null)
                {
                    throw new ServiceGoneException(Name);
                }

                _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {command}"));
                _process.StandardInput.Flush();
            }

            return await answer.Task.WaitAsync(within);
        }
        catch (IOException)
        {
            throw new ServiceGoneException(Name);
        }
        finally
        {
            _asked.TryRemove(number, out _);
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        Process? process;
        lock (_lock)
        {
            IsUp = false;
            (process, _process) = (_process, null);
        }

        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            guard.Forget(process.Id);
            process.Dispose();
        }
    }

    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    private async Task SignalAsync(string signal)
    {
        if (_process is { } process)
        {
            using Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
    }

    private async Task ReadAsync(Process process)
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                string[] parts = line.Split(' ', 3);
                if (int.TryParse(parts[0], CultureInfo.InvariantCulture, out int number) && _asked.TryRemove(number, out TaskCompletionSource<string>? asked))
                {
                    string text = parts.ElementAtOrDefault(2) ?? "";
                    _ = parts[1] == "ok" ? asked.TrySetResult(text) : asked.TrySetException(new RefusedException(text));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            // It was killed.
        }

        if (IsUp && ReferenceEquals(process, _process))
        {
            Deaths++;
            await KillAsync();
        }

        foreach (TaskCompletionSource<string> unanswered in _asked.Values)
        {
            unanswered.TrySetException(new ServiceGoneException(Name));
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace DbMove.Quickstart.Tests;

/// <summary>The sample, started as a person starts it.</summary>
internal sealed class QuickstartProcess : IAsyncDisposable
{
    private static readonly string s_program = typeof(QuickstartProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Quickstart").Value!;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(string Start, TaskCompletionSource<string> Seen)> _awaited = [];

    public QuickstartProcess(params string[] arguments)
    {
        _process = new Process { StartInfo = new ProcessStartInfo(s_program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Output => _output;

    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>The first line of the output that begins so.</summary>
    public async Task<string> LineAsync(string start)
    {
        TaskCompletionSource<string> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_awaited)
        {
            _awaited.Add((start, seen));
            if (_output.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) is { } line)
            {
                seen.TrySetResult(line);
            }
        }

        Task first = await Task.WhenAny(seen.Task, _ended.Task).WaitAsync(TimeSpan.FromMinutes(8), TestContext.Current.CancellationToken);
        return first == seen.Task ? await seen.Task : throw new InvalidOperationException($"It ended without a line '{start}': {string.Join("\n", _output.TakeLast(20).Concat(_errors))}");
    }

    /// <summary>Waits for its end, with all its output read. Returns the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(8), TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>
    /// Asks it to end, which the program takes as it takes Ctrl+C. Not by SIGINT: whatever a shell has started in the background ignores
    /// that, and so does all that it starts.
    /// </summary>
    public void Stop()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(ConcurrentQueue<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_awaited)
        {
            lines.Enqueue(line);
            foreach ((string start, TaskCompletionSource<string> seen) in _awaited)
            {
                if (ReferenceEquals(lines, _output) && line.StartsWith(start, StringComparison.Ordinal))
                {
                    seen.TrySetResult(line);
                }
            }
        }
    }
}

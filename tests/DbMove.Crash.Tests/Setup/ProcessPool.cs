using System.Collections.Concurrent;
using System.Diagnostics;

namespace DbMove.Crash.Tests.Setup;

/// <summary>Processes that were started ahead and wait for a job, so that their start overlaps with other cells.</summary>
internal sealed class ProcessPool : IAsyncDisposable
{
    private const int Ahead = 2;

    // Compiled ahead by test.sh: most of what such a process does in its short life would be compiling.
    private static readonly string s_program = Environment.GetEnvironmentVariable("DBMOVE_CRASH_PROCESS") is { Length: > 0 } compiled
        ? compiled
        : Path.Combine(AppContext.BaseDirectory, typeof(Job).Assembly.GetName().Name + ".dll");

    private readonly ConcurrentQueue<Process> _waiting = new();

    public Process Take()
    {
        Process process = _waiting.TryDequeue(out Process? started) ? started : Start();
        while (_waiting.Count < Ahead)
        {
            _waiting.Enqueue(Start());
        }

        return process;
    }

    /// <summary>Those that got no job end by themselves when there is no more input.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_waiting.TryDequeue(out Process? process))
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static Process Start()
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "exec", s_program },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
    }
}

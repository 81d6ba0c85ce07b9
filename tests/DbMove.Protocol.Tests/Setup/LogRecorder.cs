using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Keeps what a migration logs.</summary>
internal sealed class LogRecorder : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<int> _ids = new();
    private readonly ConcurrentQueue<int> _warnings = new();
    private readonly ConcurrentDictionary<int, string> _texts = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _awaited = new();

    /// <summary>How often a message was logged.</summary>
    public int Count(int eventId) => _ids.Count(id => id == eventId);

    /// <summary>How often a message was logged as a warning or worse.</summary>
    public int Warnings(int eventId) => _warnings.Count(id => id == eventId);

    /// <summary>The last text of a message; empty: there was none.</summary>
    public string Text(int eventId) => _texts.GetValueOrDefault(eventId, "");

    /// <summary>Completes when a message is logged from now on.</summary>
    public Task SeenAsync(int eventId) => _awaited.GetOrAdd(eventId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _texts[eventId.Id] = formatter(state, exception);
        if (logLevel >= LogLevel.Warning)
        {
            _warnings.Enqueue(eventId.Id);
        }

        _ids.Enqueue(eventId.Id);
        if (_awaited.TryGetValue(eventId.Id, out TaskCompletionSource? awaited))
        {
            awaited.TrySetResult();
        }
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}

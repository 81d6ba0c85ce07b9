using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DbMove.AspNetCore.Tests.Setup;

/// <summary>Keeps what the control plane logs.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentQueue<Exception> _exceptions = [];

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>What was logged with its stack below a line.</summary>
    public IReadOnlyList<Exception> Exceptions => [.. _exceptions];

    public ILogger CreateLogger(string categoryName) => categoryName == "DbMove.AspNetCore" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)}");
        if (exception is not null)
        {
            _exceptions.Enqueue(exception);
        }
    }

    public void Dispose()
    {
    }
}

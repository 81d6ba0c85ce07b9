using Microsoft.Extensions.Logging;

namespace DbMove.Nats.Connection;

/// <summary>
/// Stands in for the client's log and keeps the last exception: why a server is out of reach, the client tells nowhere else. What the
/// client writes goes no further, since it is the client's text.
/// </summary>
internal sealed class ErrorCapture : ILoggerFactory, ILogger
{
    private volatile Exception? _last;

    /// <summary>The last exception logged.</summary>
    public Exception? Last => _last;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _last = exception ?? _last;

    public void Dispose()
    {
    }
}

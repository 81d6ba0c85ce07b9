using Microsoft.Extensions.Logging;

namespace DbMove.Chaos.Services;

/// <summary>What a service logs, a line each, with what matters of the exception.</summary>
internal sealed class FileLog(string path) : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log is its own provider.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string message = formatter(state, exception).ReplaceLineEndings(" ");
        string cause = exception is null ? "" : $" | {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
        if (exception?.InnerException is { } inner)
        {
            cause += $" | {inner.GetType().Name}: {inner.Message.ReplaceLineEndings(" ")}";
        }

        if (logLevel >= LogLevel.Error && exception is not null)
        {
            cause += " | " + exception.ToString().ReplaceLineEndings(" ~ ");
        }

        lock (_lock)
        {
            File.AppendAllText(path, $"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {logLevel} {eventId.Id} {message}{cause}\n");
        }
    }

    public void Dispose()
    {
    }
}

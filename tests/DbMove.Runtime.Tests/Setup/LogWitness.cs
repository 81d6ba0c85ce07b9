using Microsoft.Extensions.Logging;

namespace DbMove.Runtime.Tests.Setup;

/// <summary>Tells when an event id was logged, with a text that contains another.</summary>
internal sealed class LogWitness(int eventId, string containing = "") : ILoggerFactory, ILogger
{
    private readonly TaskCompletionSource<string> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first message with that id.</summary>
    public Task<string> Seen => _seen.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (id.Id == eventId && formatter(state, exception).Contains(containing, StringComparison.Ordinal))
        {
            _seen.TrySetResult(formatter(state, exception));
        }
    }

    public void Dispose()
    {
    }
}

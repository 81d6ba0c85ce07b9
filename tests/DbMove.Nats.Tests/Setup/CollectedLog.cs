using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DbMove.Nats.Tests.Setup;

/// <summary>Keeps what is logged.</summary>
internal sealed class CollectedLog : ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

    public IEnumerable<(int Id, string Text)> Lines => _lines;

    public string Text => string.Join('\n', _lines.Select(line => $"{line.Id} {line.Text}"));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, $"{formatter(state, exception)} {exception}"));
}

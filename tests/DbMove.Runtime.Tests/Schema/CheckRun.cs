using DbMove.Scheduling;
using DbMove.Schema;
using Microsoft.Extensions.Logging;

namespace DbMove.Runtime.Tests.Schema;

/// <summary>One migration of fake sides, to be checked.</summary>
internal sealed class CheckRun : IAsyncDisposable
{
    private readonly RecordingLogger _log = new();

    public CheckRun(params EntityCase[] entities)
    {
        foreach (EntityCase entity in entities)
        {
            if (entity.Source is { } source)
            {
                Source.Tables[entity.Descriptor.Source] = source;
            }

            if (entity.Target is { } target)
            {
                Target.Tables[entity.Descriptor.Target] = target;
            }
        }

        Context = new MigrationContext(
            "shop", new MigrationOptions(), Source, Target, [.. entities.Select(entity => new DescribedBinding(entity.Descriptor))], TimeProvider.System, _log);
    }

    public FakeDatabase Source { get; } = new(Side.Source);

    public FakeDatabase Target { get; } = new(Side.Target);

    public MigrationContext Context { get; }

    public IReadOnlyList<string> Warnings => _log.Messages;

    public Task RunAsync() => new SchemaCheck(Context).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The findings; empty when the migration may start.</summary>
    public async Task<IReadOnlyList<string>> RefusalsAsync()
    {
        try
        {
            await RunAsync();
            return [];
        }
        catch (SchemaCheckException exception)
        {
            Assert.Equal("shop", exception.Migration);
            return exception.Findings;
        }
        finally
        {
            Assert.Equal((0, 0), (Source.OpenSessions, Target.OpenSessions));
        }
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private sealed class RecordingLogger : ILoggerFactory, ILogger
    {
        public List<string> Messages { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.Equal(LogLevel.Warning, logLevel);
            Messages.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace DbMove.DependencyInjection;

/// <summary>
/// Starts the migration before every other hosted service of the host starts, and stops it when all others have stopped,
/// in whatever order they were registered: those others may use repositories all their life.
/// </summary>
internal sealed class MigrationHostedService(Migration migration) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => migration.StartAsync(cancellationToken);

    // A host that knows no life cycle starts it here; after StartingAsync it does nothing.
    public Task StartAsync(CancellationToken cancellationToken) => migration.StartAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => migration.StopAsync(cancellationToken);
}

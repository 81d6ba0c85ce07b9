using DbMove.AspNetCore.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds DbMove to the health checks of ASP.NET Core.</summary>
public static class DbMoveHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check over one migration or all of them.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="migration">The migration's name. Default null: every migration of the container, and the worst counts.</param>
    /// <param name="name">The check's name. Default <c>dbmove</c>, or <c>dbmove-</c> and the migration's name.</param>
    /// <param name="failureStatus">What an unhealthy migration is reported as. Default null: unhealthy.</param>
    /// <param name="tags">Tags to filter by.</param>
    /// <param name="timeout">How long the check may take. Default null: no limit of its own: <c>MigrationOptions.FollowerTimeout</c> for each side, and about a second for an event broker.</param>
    /// <returns>The health checks.</returns>
    /// <remarks>
    /// Unhealthy: reads or writes fail, the authority is away, or the migration was not started. Degraded: service goes on
    /// but someone should look; it must not take the service out of rotation. The data has the status of each migration and
    /// of each thing looked at. Description and data show no address and no driver's message; the exception that is handed
    /// on for the log does.
    /// </remarks>
    public static IHealthChecksBuilder AddDbMove(
        this IHealthChecksBuilder builder, string? migration = null, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (migration is null ? "dbmove" : "dbmove-" + migration), services => new MigrationsHealthCheck(services, migration), failureStatus, tags, timeout));
    }
}

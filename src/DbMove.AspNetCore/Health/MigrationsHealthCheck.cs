using DbMove.AspNetCore.Answers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DbMove.AspNetCore.Health;

/// <summary>ASP.NET Core's health check over one migration, or all of the container.</summary>
internal sealed class MigrationsHealthCheck(IServiceProvider services, string? migration) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object> data = [];
        List<string> troubles = [];
        HealthStatus worst = HealthStatus.Healthy;
        Exception? failure = null;
        foreach (Migration each in Find())
        {
            MigrationHealth? health = each.IsStarted ? await each.CheckHealthAsync(cancellationToken).ConfigureAwait(false) : null;
            HealthAnswer answer = health is null ? HealthAnswer.NotStarted(each.Name) : HealthAnswer.Of(each.Name, health);
            HealthStatus status = health?.Status ?? HealthStatus.Unhealthy;
            worst = status > worst ? status : worst;
            failure ??= health?.Entries.FirstOrDefault(entry => entry.Status == health.Status)?.Failure;
            data[answer.Migration] = answer.Status;
            foreach (HealthEntryAnswer entry in answer.Entries)
            {
                // A loop and what it works on may have one name; the worse of them is shown.
                string key = $"{answer.Migration}.{entry.Name}";
                if (!data.TryGetValue(key, out object? shown) || shown is "healthy")
                {
                    data[key] = entry.Status;
                }

                if (entry.Status != "healthy")
                {
                    troubles.Add($"{key}: {entry.Detail}");
                }
            }
        }

        return worst switch
        {
            HealthStatus.Healthy => HealthCheckResult.Healthy(data: data),
            HealthStatus.Degraded => HealthCheckResult.Degraded(string.Join("; ", troubles), failure, data),
            _ => new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", troubles), failure, data),
        };
    }

    private IEnumerable<Migration> Find() => migration is null
        ? services.GetKeyedServices<Migration>(KeyedService.AnyKey).OrderBy(each => each.Name, StringComparer.Ordinal)
        : [services.GetRequiredKeyedService<Migration>(migration)];
}

using DbMove.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DbMove.AspNetCore.Endpoints;

/// <summary>The container's migrations by name. Asked for with the first request: mapping builds none.</summary>
internal sealed class MigrationCatalogue(IServiceProvider services)
{
    private readonly Lazy<Dictionary<string, Migration>> _migrations = new(() =>
        services.GetKeyedServices<Migration>(KeyedService.AnyKey).ToDictionary(migration => migration.Name, StringComparer.Ordinal));

    /// <summary>The migration that a request names, or the only one.</summary>
    /// <exception cref="RefusalException">There is none of that name; or none is named, and there is not exactly one.</exception>
    public Migration Find(HttpContext context)
    {
        Dictionary<string, Migration> migrations = _migrations.Value;
        if (context.Request.RouteValues["migration"] is string name)
        {
            return migrations.TryGetValue(name, out Migration? named) ? named : throw RefusalException.UnknownMigration(migrations.Keys);
        }

        return migrations.Count == 1 ? migrations.Values.Single() : throw RefusalException.NotNamed(migrations.Keys);
    }
}

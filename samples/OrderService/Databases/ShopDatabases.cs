using DbMove;
using Microsoft.Extensions.Options;

namespace OrderService.Databases;

/// <summary>Both databases, as configured.</summary>
internal sealed class ShopDatabases : IAsyncDisposable
{
    private readonly bool? _createTables;

    public ShopDatabases(IOptions<DatabaseOptions> options)
    {
        _createTables = options.Value.CreateTables;
        Source = ShopDatabase.Parse(Side.Source, options.Value.Source);
        Target = ShopDatabase.Parse(Side.Target, options.Value.Target);
    }

    public ShopDatabase Source { get; }

    public ShopDatabase Target { get; }

    /// <summary>Makes what is missing, where the configuration wants that. DbMove moves rows; the tables are the application's.</summary>
    public async Task CreateTablesAsync(CancellationToken cancellationToken = default)
    {
        foreach (ShopDatabase database in new[] { Source, Target })
        {
            if (_createTables ?? database.CreatesTables)
            {
                await database.CreateTablesAsync(cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }
}

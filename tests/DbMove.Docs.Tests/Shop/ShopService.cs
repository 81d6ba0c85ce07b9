using DbMove;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop;

/// <summary>The service of the README. Lines that end in <c>// readme:skip</c> are not shown there.</summary>
internal static class ShopService
{
    public static IHost Build(string oldFile, string newFile)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        // readme:register
        builder.Services.AddDbMove("orders", move => move
            .FromSqlite(oldFile).ToSqlite(newFile)
            .Configure(options => options.Gate.MinimumTimeInStage = TimeSpan.Zero) // There is one instance here. readme:skip
            .AddEntity<Order>());
        // readme:end
        builder.Services.AddSingleton<Checkout>();
        return builder.Build();
    }

    /// <param name="migration">The migration.</param>
    /// <param name="meanwhile">Runs while both sides are written and the source decides.</param>
    public static async Task MoveAsync(Migration migration, Func<ValidationReport, Task> meanwhile)
    {
        // readme:move
        SwitchOptions wait = new() { WaitForGate = TimeSpan.FromSeconds(30) };
        await migration.SwitchAsync(Stage.SourceOnly, wait);    // every instance takes the fence
        await migration.SwitchAsync(Stage.SourceFirst, wait);   // both sides are written, the source decides
        await migration.Backfill.StartAsync();                  // copies the rows that were there before
        await migration.Backfill.WaitAsync();
        await migration.Validation.StartFullAsync();            // compares every row; what differs is repaired:
        ValidationReport report = await migration.Validation.WaitFullAsync();   // again, until report.IsClean
        await meanwhile(report); // readme:skip
        await migration.SwitchAsync(Stage.TargetFirst, wait);   // both sides are written, the target decides
        await migration.SwitchAsync(Stage.TargetOnly, wait);    // only the target is written
        await migration.SwitchAsync(Stage.Completed, wait);     // until here there was a way back
        // readme:end
    }
}

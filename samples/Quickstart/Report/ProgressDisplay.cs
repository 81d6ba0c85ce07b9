using DbMove;
using Quickstart.Scenario;
using Quickstart.Seeding;
using Quickstart.Traffic;
using Spectre.Console;

namespace Quickstart.Report;

/// <summary>Shows the run while it goes on: one live table on a terminal, plain lines elsewhere.</summary>
internal sealed class ProgressDisplay : IAsyncDisposable
{
    private static readonly TimeSpan s_liveInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_plainInterval = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ProgressFigures _figures;
    private readonly Task _running;

    private ProgressDisplay(ProgressFigures figures)
    {
        _figures = figures;
        bool isLive = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
        _running = Task.Run(isLive ? ShowLiveAsync : WriteLinesAsync);
    }

    public static ProgressDisplay Start(Migration migration, TrafficCounters counters, StepLog log, SeededShop shop) => new(new(migration, counters, log, shop));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private Task ShowLiveAsync() => AnsiConsole.Live(new Text("starting")).AutoClear(true).StartAsync(async live =>
    {
        while (await TakeAsync(s_liveInterval) is { } figures)
        {
            Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
            foreach ((string name, string value) in figures)
            {
                grid.AddRow(new Markup($"[grey]{Markup.Escape(name)}[/]"), new Text(value));
            }

            live.UpdateTarget(new Panel(grid) { Header = new PanelHeader("shop: source → target"), Border = BoxBorder.Rounded });
        }
    });

    private async Task WriteLinesAsync()
    {
        while (await TakeAsync(s_plainInterval) is { } figures)
        {
            Console.Out.WriteLine(string.Join("  ", figures.Select(figure => $"{figure.Name} {figure.Value}")));
        }
    }

    /// <summary>The figures after a while; null when the run is over.</summary>
    private async Task<IReadOnlyList<(string Name, string Value)>?> TakeAsync(TimeSpan after)
    {
        try
        {
            await Task.Delay(after, _stopping.Token);
            return await _figures.TakeAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

using DbMove.Tests.Servers;

namespace DbMove.Crash.Tests.Setup;

/// <summary>What all cells share: the databases that theirs are copied from, the processes, and the count of those killed.</summary>
public sealed class CrashMatrix : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Task<Templates>?[] _templates = new Task<Templates>?[2];
    private readonly string _folder = Directory.CreateTempSubdirectory("dbmove-crash-").FullName;
    private readonly HashSet<string> _points = [];
    private int _killed;
    private int _cells;

    internal ProcessPool Processes { get; } = new();

    /// <summary>Counts a process that stood at a point when it was killed.</summary>
    internal void Killed(string point)
    {
        lock (_lock)
        {
            _killed++;
            _points.Add(point);
        }
    }

    /// <summary>Makes the databases of a cell, in a stage.</summary>
    internal async Task<Cell> OpenAsync(PostgreSqlServer server, Engine engine, Stage stage)
    {
        Task<Templates> templates;
        lock (_lock)
        {
            _cells++;
            templates = _templates[(int)engine] ??= engine == Engine.PostgreSql ? PostgreSqlTemplates.CreateAsync(server) : SqliteTemplates.CreateAsync(_folder);
        }

        (string source, string target) = await (await templates).TakeAsync(stage);
        return new Cell(this, engine == Engine.Sqlite, source, target, async () => await (await templates).ReturnAsync(stage, source, target));
    }

    /// <summary>Prints what test runs are to show, whatever ran.</summary>
    public async ValueTask DisposeAsync()
    {
        await Processes.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        if (_cells > 0)
        {
            Console.WriteLine($"crash matrix: processes killed={_killed} cells={_cells} points={_points.Count}");
        }
    }
}

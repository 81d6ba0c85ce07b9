using DbMove.Protocol.Tests.Setup;

namespace DbMove.Crash.Tests.Setup;

/// <summary>Files, copied for every cell.</summary>
internal sealed class SqliteTemplates : Templates
{
    private readonly string _folder;
    private int _copies;

    private SqliteTemplates(string folder) => _folder = folder;

    public static async Task<Templates> CreateAsync(string folder)
    {
        SqliteTemplates templates = new(folder);
        Job job = new(true, templates.AddressOf("source"), templates.AddressOf("target"), Operations.Write, string.Empty, string.Empty, 1);
        await new Database(job.Source, false).ExecuteAsync(Books.Definition(false, Side.Source));
        await new Database(job.Target, false).ExecuteAsync(Books.Definition(false, Side.Target));
        await templates.WalkAsync(job);
        return templates;
    }

    public override Task<(string Source, string Target)> TakeAsync(Stage stage)
    {
        int copy = Interlocked.Increment(ref _copies);
        return Task.FromResult((Copy($"{stage}-source", $"{copy}-source"), Copy($"{stage}-target", $"{copy}-target")));
    }

    public override Task ReturnAsync(Stage stage, string source, string target) => Task.CompletedTask;

    protected override Task KeepAsync(Stage stage, Job job)
    {
        Copy("source", $"{stage}-source");
        Copy("target", $"{stage}-target");
        return Task.CompletedTask;
    }

    private string Copy(string from, string to)
    {
        File.Copy($"{_folder}/{from}.db", $"{_folder}/{to}.db");
        return AddressOf(to);
    }

    private string AddressOf(string name) => $"Data Source={_folder}/{name}.db;Pooling=False";
}

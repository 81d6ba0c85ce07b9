namespace DbMove.AspNetCore.Endpoints;

/// <summary>One way to start, stop or pause background work.</summary>
/// <param name="Path">Its URL after the migration's name.</param>
/// <param name="Needs">The stages that it needs, by whether it may run in one; null: any.</param>
/// <param name="IsLong">Whether the work goes on after the answer.</param>
/// <param name="Patience">How long an answer waits for work that was told to stop; null: it takes as long as it takes.</param>
/// <param name="Run">Does it.</param>
internal sealed record WorkVerb(string Path, Func<Stage, bool>? Needs, bool IsLong, TimeSpan? Patience, Func<Migration, CancellationToken, Task> Run)
{
    public static IReadOnlyList<WorkVerb> All { get; } =
    [
        new("full/start", static stage => stage.IsDual(), true, null, static (migration, token) => migration.Validation.StartFullAsync(token)),
        new("full/stop", null, false, TimeSpan.FromSeconds(5), static (migration, token) => migration.Validation.StopFullAsync(token)),
        new("incr/start", static stage => stage.IsDual(), false, null, static (migration, token) => migration.Validation.StartIncrementalAsync(token)),
        new("incr/stop", null, false, null, static (migration, token) => migration.Validation.StopIncrementalAsync(token)),
        new("backfill/start", static stage => stage == Stage.SourceFirst, true, null, static (migration, token) => migration.Backfill.StartAsync(token)),
        new("backfill/pause", null, false, null, static (migration, token) => migration.Backfill.PauseAsync(token)),
    ];
}

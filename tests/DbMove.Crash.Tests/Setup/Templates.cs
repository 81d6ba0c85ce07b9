namespace DbMove.Crash.Tests.Setup;

/// <summary>Both databases in every stage, made once by a migration that walks through them. Every cell gets them as they were in its stage.</summary>
internal abstract class Templates
{
    /// <summary>The two databases of a cell, as they were in a stage.</summary>
    public abstract Task<(string Source, string Target)> TakeAsync(Stage stage);

    /// <summary>The cell is over.</summary>
    public abstract Task ReturnAsync(Stage stage, string source, string target);

    /// <summary>Keeps what the two databases hold now.</summary>
    protected abstract Task KeepAsync(Stage stage, Job job);

    protected async Task WalkAsync(Job job)
    {
        for (Stage stage = Stage.Initial; stage <= Stage.Completed; stage++)
        {
            if (stage > Stage.Initial)
            {
                await using Migration migration = job.Build();
                await migration.StartAsync();
                await migration.SwitchAsync(stage, Cell.Forced);
                if (stage == Stage.SourceFirst)
                {
                    await migration.Backfill.StartAsync();
                    await migration.Backfill.WaitAsync();
                    Assert.True((await Operations.ValidateAsync(migration)).IsClean);
                }
            }

            await KeepAsync(stage, job);
        }
    }
}

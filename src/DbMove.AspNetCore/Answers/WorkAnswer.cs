namespace DbMove.AspNetCore.Answers;

/// <summary>The state of background work after it was started, stopped or paused; the same whether that changed anything or not.</summary>
internal sealed record WorkAnswer(
    string Migration, string Stage, long Epoch, bool DryRun, BackfillAnswer Backfill, FullValidationAnswer Full, bool IsIncremental)
{
    public static WorkAnswer Of(Migration migration, StageAssignment stage, bool isDryRun) => new(
        migration.Name, stage.Stage.ToWireName(), stage.Epoch, isDryRun, BackfillAnswer.Of(migration.Backfill.Progress),
        FullValidationAnswer.Of(migration.Validation.Progress), stage.IsIncremental);
}

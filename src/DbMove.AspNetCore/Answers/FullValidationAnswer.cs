namespace DbMove.AspNetCore.Answers;

/// <summary>The full pass of the process that answers: the one under way, or its last.</summary>
internal sealed record FullValidationAnswer(
    bool IsRunning, bool IsPaused, long RowsCompared, long Differences, long Undecided, IReadOnlyList<ValidationEntityAnswer> Entities)
{
    public static FullValidationAnswer Of(ValidationProgress progress) => new(
        progress.IsRunning, progress.IsPaused, progress.Entities.Sum(entity => entity.RowsCompared), progress.Entities.Sum(entity => entity.Differences),
        progress.Entities.Sum(entity => entity.Undecided), [.. progress.Entities.Select(ValidationEntityAnswer.Of)]);
}

namespace DbMove.AspNetCore.Answers;

/// <summary>What a full pass found in one entity.</summary>
internal sealed record ValidationEntityAnswer(string Entity, long RowsCompared, long MissingInTarget, long Different, long MissingInSource, long Undecided)
{
    public static ValidationEntityAnswer Of(ValidationEntityReport entity) => new(
        entity.Entity, entity.RowsCompared, entity.MissingInTarget, entity.Different, entity.MissingInSource, entity.Undecided);
}

namespace DbMove.AspNetCore.Answers;

/// <summary>What became of the shadow reads of this stage.</summary>
internal sealed record ShadowAnswer(
    long Sampled, long Matched, long Mismatched, long Undecided, long Dropped, long Failed, int JudgedReads, int JudgedMismatches, double MismatchRate)
{
    public static ShadowAnswer Of(ShadowFigures figures) => new(
        figures.Sampled, figures.Matched, figures.Mismatched, figures.Undecided, figures.Dropped, figures.Failed, figures.JudgedReads, figures.JudgedMismatches,
        figures.MismatchRate);
}

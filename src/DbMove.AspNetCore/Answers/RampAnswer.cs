namespace DbMove.AspNetCore.Answers;

/// <summary>What became of the read ramp's keys.</summary>
internal sealed record RampAnswer(long FromTarget, long Pending, long Missing, long Failed)
{
    public static RampAnswer Of(RampFigures figures) => new(figures.FromTarget, figures.Pending, figures.Missing, figures.Failed);
}

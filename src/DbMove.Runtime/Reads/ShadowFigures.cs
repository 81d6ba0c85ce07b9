namespace DbMove;

/// <summary>What became of the keys whose reads were repeated, in this process since the stage changed.</summary>
/// <param name="Sampled">Chosen to be repeated.</param>
/// <param name="Matched">Both sides gave the same row, at once or when they were looked at again.</param>
/// <param name="Mismatched">Confirmed under locks to differ, with no intent that stands for it; published as inconsistencies.</param>
/// <param name="Undecided">In the middle of a write whenever they were looked at: neither matched nor mismatched.</param>
/// <param name="Dropped">Not repeated, because too many waited.</param>
/// <param name="Failed">Not compared, because a side failed or did not answer in time.</param>
/// <param name="JudgedReads">How many of the newest matched and mismatched ones the gate judges.</param>
/// <param name="JudgedMismatches">How many of those are mismatches.</param>
public sealed record ShadowFigures(long Sampled, long Matched, long Mismatched, long Undecided, long Dropped, long Failed, int JudgedReads, int JudgedMismatches)
{
    internal static ShadowFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Share of mismatches among the judged ones, 0 to 1; 0 while there are none.</summary>
    public double MismatchRate => JudgedReads == 0 ? 0 : (double)JudgedMismatches / JudgedReads;
}

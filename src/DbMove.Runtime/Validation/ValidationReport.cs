namespace DbMove;

/// <summary>How a full validation ended.</summary>
/// <param name="State">The outcome; only <see cref="ValidationState.Clean"/> says that both sides are equal.</param>
/// <param name="Detail">Why it is not clean, in words; empty when it is.</param>
/// <param name="Epoch">The epoch in which it ran.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Entities">Every entity.</param>
/// <param name="Sample">Some of the differences, up to <see cref="ValidationOptions.SampleSize"/>.</param>
public sealed record ValidationReport(
    ValidationState State, string Detail, long Epoch, TimeSpan Duration, IReadOnlyList<ValidationEntityReport> Entities, IReadOnlyList<ValidationDifference> Sample)
{
    /// <summary>Keys that were compared.</summary>
    public long RowsCompared => Entities.Sum(entity => entity.RowsCompared);

    /// <summary>Confirmed differences.</summary>
    public long Differences => Entities.Sum(entity => entity.Differences);

    /// <summary>Keys that stayed pending.</summary>
    public long Undecided => Entities.Sum(entity => entity.Undecided);

    /// <summary>Whether both sides were found equal.</summary>
    public bool IsClean => State == ValidationState.Clean;
}

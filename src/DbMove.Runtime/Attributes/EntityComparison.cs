namespace DbMove;

/// <summary>When two values of a column are equal, where no attribute on the member says otherwise.</summary>
public enum EntityComparison
{
    /// <summary>
    /// By value: 1.0 equals 1.00, -0.0 equals 0.0, and NaN equals NaN. Text is compared character by character. What an engine changes
    /// without changing the value is no difference.
    /// </summary>
    Equal,

    /// <summary>
    /// Bit by bit: also the scale of a decimal, the sign of zero and the bits of a NaN count. Two PostgreSQL servers still compare whole ranges
    /// by a hash, but one that takes more time. The schema check refuses it where the two columns of a decimal give back different scales.
    /// </summary>
    Identical,
}

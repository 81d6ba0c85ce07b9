namespace DbMove;

/// <summary>
/// Two numbers are equal when they are no further apart than this. For members that are stored as a number: an integer, a
/// <see cref="decimal"/>, a <see cref="double"/> or a <see cref="float"/>.
/// </summary>
/// <remarks>
/// NaN equals NaN and an infinity equals itself; neither is near anything else. A null equals only a null. With a converter, what is stored
/// is compared. The row hash tells only whether the column is null, since numbers that are near each other have no common hash.
/// </remarks>
/// <param name="tolerance">The greatest difference that is none: finite and above zero.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CompareToleranceAttribute(double tolerance) : Attribute
{
    /// <summary>The greatest difference that is none.</summary>
    public double Tolerance { get; } = tolerance;
}

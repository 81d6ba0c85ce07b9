namespace DbMove;

/// <summary>Two texts are equal although white space at their ends, or letter case, differs. For members that are stored as text.</summary>
/// <remarks>
/// The row hash folds ASCII letters, and takes letters beyond them as one, so that it never depends on a version of Unicode. A null equals only a
/// null, not an empty text.
/// </remarks>
/// <param name="comparison">What does not count.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CompareTextAttribute(TextComparison comparison) : Attribute
{
    /// <summary>What does not count.</summary>
    public TextComparison Comparison { get; } = comparison;
}

namespace DbMove;

/// <summary>What does not count when two texts are compared (<see cref="CompareTextAttribute"/>). May be combined.</summary>
[Flags]
public enum TextComparison
{
    /// <summary>Everything counts: code unit by code unit, as without the attribute.</summary>
    Ordinal = 0,

    /// <summary>White space at both ends does not count.</summary>
    Trimmed = 1,

    /// <summary>Letter case does not count (<see cref="StringComparison.OrdinalIgnoreCase"/>: the same for every culture).</summary>
    IgnoreCase = 2,
}

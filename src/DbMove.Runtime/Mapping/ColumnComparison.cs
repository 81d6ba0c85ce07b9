using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>By what a column is compared: the comparison policy of its member.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ColumnComparison
{
    /// <summary>By its value, as <see cref="EntityDescriptor.Comparison"/> says.</summary>
    Value,

    /// <summary>Not at all (<see cref="NotComparedAttribute"/>).</summary>
    None,

    /// <summary>As a number, with a tolerance (<see cref="CompareToleranceAttribute"/>).</summary>
    Tolerance,

    /// <summary>As a time, at a precision (<see cref="ComparePrecisionAttribute"/>).</summary>
    Precision,

    /// <summary>As text, letter case aside (<see cref="CompareTextAttribute"/>).</summary>
    Text,

    /// <summary>As text, white space at its ends aside, and maybe letter case (<see cref="CompareTextAttribute"/>).</summary>
    TrimmedText,

    /// <summary>As JSON (<see cref="CompareJsonAttribute"/>).</summary>
    Json,

    /// <summary>By the user's code (<see cref="CompareWithAttribute{TComparer}"/>).</summary>
    Own,
}

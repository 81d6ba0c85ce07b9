namespace DbMove;

/// <summary>How the two sides differ in one key.</summary>
public enum InconsistencyKind
{
    /// <summary>The source has the row, the target has not.</summary>
    MissingInTarget,

    /// <summary>Both sides have the row, and it differs.</summary>
    Different,

    /// <summary>The target has the row, the source has not.</summary>
    MissingInSource,
}

namespace DbMove.Roslyn;

/// <summary>How an argument becomes what is bound.</summary>
internal enum MethodBinding
{
    /// <summary>By its type alone: it meets no column.</summary>
    ByType,

    /// <summary>As the member whose column it meets.</summary>
    AsMember,

    /// <summary>As it is: it is of the type that the column stores.</summary>
    AsStored,

    /// <summary>As a number of the column's wider type.</summary>
    Widened,

    /// <summary>Not at all.</summary>
    Wrong,
}

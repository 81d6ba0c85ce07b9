namespace DbMove.Roslyn;

/// <summary>What a cast makes of a parameter where it stands.</summary>
internal enum MethodCast
{
    /// <summary>There is none, or one to a text by <c>::</c>, which is no other value.</summary>
    None,

    /// <summary>A value of another type, by <c>::</c>, with which drivers are told the parameter's type.</summary>
    Typed,

    /// <summary>A value of another type, by <c>CAST</c>.</summary>
    Called,
}

namespace DbMove.Roslyn;

/// <summary>What a diagnostic tells its code fix, as properties.</summary>
internal static class FixHints
{
    /// <summary>The documentation id of the entity that is meant.</summary>
    public const string Entity = "Entity";

    /// <summary>There when <c>partial</c> is all that is missing.</summary>
    public const string IsNotPartial = "IsNotPartial";
}

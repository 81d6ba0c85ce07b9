namespace DbMove.Validation;

/// <summary>The states' names on the wire.</summary>
internal static class ValidationStateNames
{
    private static readonly string[] s_names = ["running", "clean", "differences", "inconclusive", "failed", "stopped"];

    public static string Of(ValidationState state) => s_names[(int)state];

    /// <summary>An unknown name, of a newer DbMove, is taken for the state that opens nothing.</summary>
    public static ValidationState Parse(string name) =>
        Array.IndexOf(s_names, name) is >= 0 and int index ? (ValidationState)index : ValidationState.Inconclusive;
}

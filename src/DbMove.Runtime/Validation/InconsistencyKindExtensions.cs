namespace DbMove;

/// <summary>The kinds' names on the wire, which are relative to the authority (the base) and not to the sides.</summary>
public static class InconsistencyKindExtensions
{
    /// <summary>The name: <c>neq</c>, <c>target_missing</c> (the follower lacks the row) or <c>base_missing</c> (the authority lacks it).</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="authority">The side that was the authority when it was found.</param>
    public static string ToWireName(this InconsistencyKind kind, Side authority) => kind switch
    {
        InconsistencyKind.Different => "neq",
        InconsistencyKind.MissingInTarget => authority == Side.Source ? "target_missing" : "base_missing",
        InconsistencyKind.MissingInSource => authority == Side.Source ? "base_missing" : "target_missing",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of inconsistency."),
    };

    /// <summary>Finds the kind of a wire name; false when there is none of that name.</summary>
    /// <param name="wireName">The name.</param>
    /// <param name="authority">The side that was the authority when it was found.</param>
    /// <param name="kind">The kind.</param>
    public static bool TryParseWireName(string? wireName, Side authority, out InconsistencyKind kind)
    {
        foreach (InconsistencyKind candidate in (InconsistencyKind[])[InconsistencyKind.MissingInTarget, InconsistencyKind.Different, InconsistencyKind.MissingInSource])
        {
            if (candidate.ToWireName(authority) == wireName)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }

    /// <summary>The side's kind where the follower lacks the row.</summary>
    internal static InconsistencyKind MissingOn(Side side) => side == Side.Target ? InconsistencyKind.MissingInTarget : InconsistencyKind.MissingInSource;
}

using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>Compares texts as JSON. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonComparison
{
    /// <summary>Whether two texts are the same JSON, or the same text where one is no JSON; two nulls are equal.</summary>
    public static bool AreEqual(string? left, string? right)
    {
        if (left is null || right is null || string.Equals(left, right, StringComparison.Ordinal))
        {
            return string.Equals(left, right, StringComparison.Ordinal);
        }

        using CanonicalJson first = new(left);
        if (!first.IsValid)
        {
            return false;
        }

        using CanonicalJson second = new(right);
        return second.IsValid && first.Text.SequenceEqual(second.Text);
    }
}

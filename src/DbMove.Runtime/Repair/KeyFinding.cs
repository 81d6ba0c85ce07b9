namespace DbMove.Repair;

/// <summary>One key and its verdict.</summary>
/// <param name="Key">The key's text.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Columns">Source names of the columns that differ, for reports; empty otherwise.</param>
internal readonly record struct KeyFinding(string Key, KeyVerdict Verdict, IReadOnlyList<string> Columns)
{
    private const int SampleSize = 5;

    /// <summary>Whether the sides differ for certain, with nothing under way that explains it.</summary>
    public bool IsDifference => Verdict is KeyVerdict.MissingOnFollower or KeyVerdict.Different or KeyVerdict.ExtraOnFollower;

    /// <summary>The first few keys for the log, each with the columns that differ; never a value.</summary>
    public static string Sample(IEnumerable<KeyFinding> findings) =>
        string.Join(", ", findings.Take(SampleSize).Select(finding => finding.Columns.Count == 0 ? finding.Key : $"{finding.Key} ({string.Join(", ", finding.Columns)})"));
}

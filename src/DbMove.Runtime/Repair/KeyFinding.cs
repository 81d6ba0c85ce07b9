namespace DbMove.Repair;

/// <summary>One key and its verdict.</summary>
/// <param name="Key">The key's text.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Columns">Source names of the columns that differ, for reports; empty otherwise.</param>
internal readonly record struct KeyFinding(string Key, KeyVerdict Verdict, IReadOnlyList<string> Columns);

namespace DbMove.Chaos.Traffic;

/// <summary>An entry as its writer knows it.</summary>
internal sealed record EntryView(string Token, long Key, long Account, long Amount);

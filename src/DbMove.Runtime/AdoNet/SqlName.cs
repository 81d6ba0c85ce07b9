using DbMove.Dialects;

namespace DbMove.AdoNet;

/// <summary>A name as a caller wrote it.</summary>
/// <param name="Text">Without its quotes.</param>
/// <param name="IsQuoted">Whether it had any.</param>
internal readonly record struct SqlName(string Text, bool IsQuoted)
{
    /// <summary>Whether the engine takes it for the name in the catalogue.</summary>
    public bool Is(string name, SqlLexicon lexicon) => lexicon.FoldsNames
        ? string.Equals(IsQuoted ? Text : Text.ToLowerInvariant(), name, StringComparison.Ordinal)
        : string.Equals(Text, name, StringComparison.OrdinalIgnoreCase);
}


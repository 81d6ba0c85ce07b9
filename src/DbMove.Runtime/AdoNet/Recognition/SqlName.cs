using DbMove.Dialects;

namespace DbMove.AdoNet.Recognition;

/// <summary>A name as a caller wrote it.</summary>
/// <param name="Text">Without its quotes.</param>
/// <param name="IsQuoted">Whether it had any.</param>
internal readonly record struct SqlName(string Text, bool IsQuoted)
{
    /// <summary>The name as the engine folds it.</summary>
    public string Fold(SqlLexicon lexicon) => lexicon.FoldsNames && IsQuoted ? Text : Text.ToLowerInvariant();

    /// <summary>Whether the engine takes it for the name in the catalogue.</summary>
    public bool Is(string name, SqlLexicon lexicon) => lexicon.FoldsNames
        ? string.Equals(IsQuoted ? Text : Text.ToLowerInvariant(), name, StringComparison.Ordinal)
        : string.Equals(Text, name, StringComparison.OrdinalIgnoreCase);
}


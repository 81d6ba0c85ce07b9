namespace DbMove.Sql;

/// <summary>A name as a caller wrote it.</summary>
/// <param name="Text">Without its quotes.</param>
/// <param name="IsQuoted">Whether it had any.</param>
internal readonly record struct SqlName(string Text, bool IsQuoted);

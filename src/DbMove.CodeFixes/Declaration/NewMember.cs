namespace DbMove.CodeFixes.Declaration;

/// <summary>A member that a fix offers to add.</summary>
/// <param name="Title">What the editor shows.</param>
/// <param name="Text">The member, as code writes it.</param>
/// <param name="IsFirst">Whether it comes before the others; else behind them.</param>
internal sealed record NewMember(string Title, string Text, bool IsFirst);

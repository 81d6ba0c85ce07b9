using Microsoft.CodeAnalysis;

namespace DbMove.CodeFixes.Usage;

/// <summary>A change that a fix offers.</summary>
/// <param name="Title">What the editor shows.</param>
/// <param name="Old">What stands there.</param>
/// <param name="New">What shall stand there.</param>
internal sealed record Replacement(string Title, SyntaxNode Old, SyntaxNode New);

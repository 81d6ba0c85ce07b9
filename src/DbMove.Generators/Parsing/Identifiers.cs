using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Parsing;

/// <summary>Names as code writes them.</summary>
internal static class Identifiers
{
    /// <summary>Puts <c>@</c> before a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : "@" + name;

    /// <summary>The namespace's full name; empty for the global one.</summary>
    public static string Namespace(INamespaceSymbol? space) =>
        space is null or { IsGlobalNamespace: true }
            ? ""
            : space.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));

    /// <summary>The assembly's name without the characters that no identifier may have.</summary>
    public static string Assembly(string? name)
    {
        StringBuilder text = new();
        foreach (char letter in name ?? "")
        {
            if (SyntaxFacts.IsIdentifierPartCharacter(letter))
            {
                text.Append(letter);
            }
        }

        // Always preceded by letters ("Add…"), but not in the class's name.
        return text.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? "_" + text : text.ToString();
    }
}

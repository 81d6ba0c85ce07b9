using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace DbMove.CodeFixes;

/// <summary>Syntax that fixes add: written with full names from the global namespace on, since a namespace of the user's may hide ours, which are shortened and imported when the fix is applied.</summary>
internal static class NewSyntax
{
    public const string Key = "global::System.ComponentModel.DataAnnotations.Key";
    public const string Required = "global::System.ComponentModel.DataAnnotations.Required";
    public const string Migratable = "global::DbMove.Migratable";
    public const string UpdatedAt = "global::DbMove.UpdatedAt";
    public const string GeneratedByDatabase = $"{Schema}.DatabaseGenerated({Schema}.DatabaseGeneratedOption.Identity)";
    public const string GeneratedByNobody = $"{Schema}.DatabaseGenerated({Schema}.DatabaseGeneratedOption.None)";

    private const string Schema = "global::System.ComponentModel.DataAnnotations.Schema";

    /// <summary>A name, which may be a keyword.</summary>
    public static IdentifierNameSyntax Name(string name) => SyntaxFactory.IdentifierName(
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? SyntaxFactory.Identifier(name) : SyntaxFactory.VerbatimIdentifier(default, name, name, default));

    public static MemberDeclarationSyntax Member(string text) =>
        SyntaxFactory.ParseMemberDeclaration(text)!
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    /// <summary>The member with one more attribute, in a line of its own before the others; comments stay above.</summary>
    /// <param name="member">The member.</param>
    /// <param name="text">The attribute, as code writes it.</param>
    /// <param name="file">The file's text, whose line ends are used.</param>
    public static T WithAttribute<T>(this T member, string text, SourceText file)
        where T : MemberDeclarationSyntax
    {
        SyntaxTriviaList above = member.GetLeadingTrivia();
        MemberDeclarationSyntax bare = member.WithLeadingTrivia(above.Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        return (T)bare.WithAttributeLists(bare.AttributeLists.Insert(0, Attribute(text, file).WithLeadingTrivia(above)));
    }

    /// <summary>The parameter of a record with one more attribute of the property that it declares, before the others.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">The attribute, as code writes it.</param>
    public static ParameterSyntax WithPropertyAttribute(this ParameterSyntax parameter, string text)
    {
        SyntaxTriviaList above = parameter.GetLeadingTrivia();
        ParameterSyntax bare = parameter.WithLeadingTrivia();
        AttributeListSyntax attribute = SyntaxFactory.ParseMemberDeclaration($"[property: {text}] int A {{ get; }}")!.AttributeLists[0]
            .WithLeadingTrivia(above)
            .WithTrailingTrivia(SyntaxFactory.Space)
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, attribute));
    }

    private static AttributeListSyntax Attribute(string text, SourceText file) =>
        SyntaxFactory.ParseMemberDeclaration($"[{text}] int A {{ get; }}")!.AttributeLists[0]
            .WithTrailingTrivia(SyntaxFactory.ElasticEndOfLine(LineEnd(file)))
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    private static string LineEnd(SourceText file) =>
        file.Lines[0] is { EndIncludingLineBreak: int end, End: int start } && end - start == 2 ? "\r\n" : "\n";
}

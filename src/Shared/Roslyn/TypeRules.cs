using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Roslyn;

/// <summary>What kind of type an entity must be.</summary>
internal static class TypeRules
{
    public static void Check(INamedTypeSymbol type, Location location, ImmutableArray<ShapeProblem>.Builder problems, CancellationToken cancellationToken)
    {
        if (Kind(type) is { } kind)
        {
            Add(ProblemKind.UnsupportedKind, kind);
            return;
        }

        if (!IsPartial(type, cancellationToken))
        {
            Add(ProblemKind.NotPartial, "");
        }

        if (type.IsGenericType || type.IsFileLocal)
        {
            Add(ProblemKind.GenericOrFileLocal, type.IsFileLocal ? "file-local" : "generic");
        }

        if (type.ContainingType is { } outer)
        {
            Add(ProblemKind.Nested, outer.Name);
        }

        if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } parent })
        {
            Add(ProblemKind.BaseClass, parent.Name);
        }

        void Add(ProblemKind problem, string detail) => problems.Add(new ShapeProblem(problem, location, type.Name, "", detail));
    }

    /// <summary>Whether every declaration says <c>partial</c>.</summary>
    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string? Kind(INamedTypeSymbol type) => type switch
    {
        { IsStatic: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsRefLikeType: true } => "ref struct",
        { TypeKind: not (TypeKind.Class or TypeKind.Struct) } => "type of this kind",
        _ => null,
    };
}

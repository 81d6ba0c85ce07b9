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
        if (OldLanguage(type) is { } version)
        {
            Add(ProblemKind.LanguageTooOld, version);
        }

        if (Kind(type) is { } kind)
        {
            Add(ProblemKind.UnsupportedKind, kind);
            return;
        }

        if (!IsPartial(type, cancellationToken))
        {
            Add(ProblemKind.NotPartial, "");
        }

        if (type.Arity > 0 || type.IsFileLocal)
        {
            Add(ProblemKind.GenericOrFileLocal, type.IsFileLocal ? "file-local" : "generic");
        }

        if (NestingObstacle(type, cancellationToken) is { } obstacle)
        {
            problems.Add(new ShapeProblem(ProblemKind.Nested, location, type.Name, type.ContainingType.Name, obstacle));
        }

        if (type.WithBaseTypes().Skip(1).FirstOrDefault(static parent => parent.HasAttribute(AttributeNames.Migratable)) is { } entity)
        {
            Add(ProblemKind.BaseClass, entity.Name);
        }

        void Add(ProblemKind problem, string detail) => problems.Add(new ShapeProblem(problem, location, type.Name, "", detail));
    }

    /// <summary>The type and its base classes, nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> WithBaseTypes(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            yield return part;
        }
    }

    /// <summary>Whether every declaration says <c>partial</c>.</summary>
    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether other assemblies see the type: it is public, and so is every type around it.</summary>
    public static bool IsVisibleOutside(INamedTypeSymbol type) =>
        type.DeclaredAccessibility == Accessibility.Public && (type.ContainingType is null || IsVisibleOutside(type.ContainingType));

    /// <summary>The first of the types of a method's signature that other assemblies do not see; null: they see them all.</summary>
    public static ITypeSymbol? FindHidden(IMethodSymbol method) =>
        method.Parameters.Select(static parameter => parameter.Type).Prepend(method.ReturnType).Select(FindHidden).FirstOrDefault(static type => type is not null);

    private static ITypeSymbol? FindHidden(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => FindHidden(array.ElementType),
        // One that is generated, such as the key, is seen as its entity is.
        INamedTypeSymbol { TypeKind: TypeKind.Error } => null,
        INamedTypeSymbol named => !IsVisibleOutside(named) ? named : Arguments(named).Select(FindHidden).FirstOrDefault(static argument => argument is not null),
        _ => null,
    };

    private static IEnumerable<ITypeSymbol> Arguments(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            foreach (ITypeSymbol argument in type.TypeArguments)
            {
                yield return argument;
            }
        }
    }

    // Companions are nested beside the entity, so every outer type gets another part, and the registration must see them all.
    private static string? NestingObstacle(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.ContainingType is null)
        {
            return null;
        }

        for (INamedTypeSymbol part = type; part.ContainingType is { } outer; part = outer)
        {
            if (part.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal))
            {
                return $"'{part.Name}' is not visible to the whole assembly; make it internal or public";
            }

            if (outer.Arity > 0 || outer.IsFileLocal || !IsPartial(outer, cancellationToken))
            {
                return $"'{outer.Name}' is generic, file-local or not partial; make it an ordinary partial type, or move the entity out";
            }
        }

        return null;
    }

    // Generated code has type parameters that allow ref structs.
    private static string? OldLanguage(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences[0].SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp13 } options
            ? options.LanguageVersion.ToDisplayString()
            : null;

    private static string? Kind(INamedTypeSymbol type) => type switch
    {
        { IsStatic: true } => "a static class",
        { IsAbstract: true } => "an abstract class",
        { IsRefLikeType: true } => "a ref struct",
        { TypeKind: not (TypeKind.Class or TypeKind.Struct) } => "a type of this kind",
        _ => null,
    };
}

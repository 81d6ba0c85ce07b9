using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Roslyn;

/// <summary>A repository class that the user declares; the generated half joins it.</summary>
/// <param name="Type">The class.</param>
/// <param name="Entity">The entity that it is for.</param>
/// <param name="Problem">Why it cannot be a repository; null when it can.</param>
internal sealed record RepositoryShape(INamedTypeSymbol Type, INamedTypeSymbol? Entity, string? Problem)
{
    /// <summary>The problem of a class that only has to say <c>partial</c>, or is found to have another then.</summary>
    public const string NotPartial = "must be partial";

    /// <summary>The user's <c>{Entity}Repository</c> beside the entity; null when there is none.</summary>
    public static RepositoryShape? Beside(INamedTypeSymbol entity, CancellationToken cancellationToken) =>
        NameRules.FindDeclared(entity, entity.Name + "Repository") is { } type
            ? type.HasAttribute(AttributeNames.Repository) && !SymbolEqualityComparer.Default.Equals(AttributedRepositories.EntityOf(type), entity)
                ? new RepositoryShape(type, entity, "is declared to be the repository of another entity")
                : new RepositoryShape(type, entity, FindProblem(type, entity, cancellationToken))
            : null;

    /// <summary>A class with <c>[Repository&lt;TEntity&gt;]</c>.</summary>
    public static RepositoryShape Attributed(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        INamedTypeSymbol? entity = AttributedRepositories.EntityOf(type);
        string? problem = entity is null || !entity.HasAttribute(AttributeNames.Migratable)
            ? "names a type that is not marked [Migratable]"
            : !SymbolEqualityComparer.Default.Equals(entity.ContainingAssembly, type.ContainingAssembly)
                ? "is in another assembly than its entity"
                : FindProblem(type, entity, cancellationToken);
        return new RepositoryShape(type, entity, problem);
    }

    /// <summary>What a class is the repository of; null when it is none.</summary>
    public static RepositoryShape? Of(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.HasAttribute(AttributeNames.Repository))
        {
            return Attributed(type, cancellationToken);
        }

        const string Suffix = "Repository";
        if (!type.Name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return null;
        }

        string name = type.Name.Substring(0, type.Name.Length - Suffix.Length);
        IEnumerable<INamedTypeSymbol> named = type.ContainingType?.GetTypeMembers(name, 0) ?? type.ContainingNamespace.GetTypeMembers(name, 0);
        return named.FirstOrDefault(entity => entity.HasAttribute(AttributeNames.Migratable) && SymbolEqualityComparer.Default.Equals(entity.ContainingAssembly, type.ContainingAssembly)) is { } entity
            ? Beside(entity, cancellationToken)
            : null;
    }

    /// <summary>Whether the user's half has the constructor that would otherwise be generated.</summary>
    public bool HasMigrationConstructor => Type.InstanceConstructors.Any(static constructor =>
        constructor is { IsImplicitlyDeclared: false, Parameters: [{ Type: INamedTypeSymbol { Name: "Migration", ContainingNamespace: { Name: "DbMove", ContainingNamespace.IsGlobalNamespace: true } } }] });

    private static string? FindProblem(INamedTypeSymbol type, INamedTypeSymbol entity, CancellationToken cancellationToken)
    {
        if (type is not { TypeKind: TypeKind.Class, IsRecord: false, IsStatic: false, IsAbstract: false, Arity: 0, IsFileLocal: false }
            || (type.ContainingType is not null && !SymbolEqualityComparer.Default.Equals(type.ContainingType, entity.ContainingType)))
        {
            return "must be an ordinary class: not nested (but where its entity is), generic, static, abstract, file-local or a record";
        }

        if (type.HasAttribute(AttributeNames.Migratable))
        {
            return "is an entity itself";
        }

        if (!TypeRules.IsPartial(type, cancellationToken))
        {
            return NotPartial;
        }

        if (type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is ClassDeclarationSyntax { ParameterList: not null }))
        {
            return "must have no primary constructor";
        }

        if (TypeRules.IsVisibleOutside(type) && !TypeRules.IsVisibleOutside(entity))
        {
            return "must not be more visible than its entity";
        }

        return type.BaseType is { SpecialType: not SpecialType.System_Object, Name: not ("DualWriteRepository" or "DualWriteStructRepository") }
            ? "must have no base class of its own"
            : null;
    }
}

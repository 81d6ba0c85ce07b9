using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.CodeFixes.Usage;

/// <summary>A repository that code can reach by its name alone.</summary>
/// <param name="Name">The variable, parameter, field or property.</param>
/// <param name="Type">Its type.</param>
/// <param name="Entity">The entity that it is for.</param>
/// <param name="Key">The entity's key.</param>
internal sealed record RepositoryInScope(string Name, INamedTypeSymbol Type, ITypeSymbol Entity, ITypeSymbol Key)
{
    /// <summary>The nearest one of an entity; null: there is none.</summary>
    public static RepositoryInScope? Find(SemanticModel model, int position, Func<ITypeSymbol, bool> isEntity, CancellationToken cancellationToken)
    {
        bool hasInstance = true;
        for (ISymbol? member = model.GetEnclosingSymbol(position, cancellationToken); member is IMethodSymbol; member = member.ContainingSymbol)
        {
            hasInstance &= !member.IsStatic;
        }

        foreach (ISymbol symbol in model.LookupSymbols(position).Where(symbol => IsUsable(symbol, position, hasInstance, cancellationToken)).OrderBy(Rank))
        {
            if (TypeOf(symbol) is INamedTypeSymbol type && BaseOf(type) is { } repository && isEntity(repository.TypeArguments[0]))
            {
                return new RepositoryInScope(symbol.Name, type, repository.TypeArguments[0], repository.TypeArguments[1]);
            }
        }

        return null;
    }

    private static bool IsUsable(ISymbol symbol, int position, bool hasInstance, CancellationToken cancellationToken) => symbol switch
    {
        IParameterSymbol parameter => hasInstance || !IsOfConstructor(parameter),
        ILocalSymbol { DeclaringSyntaxReferences: [{ } declaration] } =>
            declaration.Span.End < position && declaration.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer: not null },
        IFieldSymbol or IPropertySymbol { GetMethod: not null } => symbol.IsStatic || hasInstance,
        _ => false,
    };

    // A parameter of a primary constructor last: a field may hold it already.
    private static int Rank(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => IsOfConstructor(parameter) ? 2 : 0,
        ILocalSymbol => 0,
        _ => 1,
    };

    private static bool IsOfConstructor(IParameterSymbol parameter) => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>The base class or interface that tells the entity and the key.</summary>
    private static INamedTypeSymbol? BaseOf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            if (IsOfRuntime(part, "DualWriteRepositoryBase`3"))
            {
                return part;
            }
        }

        return type.AllInterfaces.FirstOrDefault(static contract => IsOfRuntime(contract, "IDualWriteRepositoryBase`2"));
    }

    private static bool IsOfRuntime(INamedTypeSymbol type, string name) =>
        type.MetadataName == name && type.ContainingNamespace is { Name: "DbMove", ContainingNamespace.IsGlobalNamespace: true };
}

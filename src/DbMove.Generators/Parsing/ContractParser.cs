using DbMove.Generators.Model;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Parsing;

/// <summary>Turns the types that go with a repository into a model.</summary>
internal static class ContractParser
{
    /// <param name="beside">The user's repository, or the entity.</param>
    /// <param name="repository">The repository's name.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ContractModel Parse(INamedTypeSymbol beside, string repository, INamedTypeSymbol entity, CancellationToken cancellationToken)
    {
        RepositoryContract contract = RepositoryContract.Find(beside, repository, entity, cancellationToken);
        return ToModel(beside, contract);
    }

    /// <summary>That of a repository for one of its methods: without the interface, where that may not have the method.</summary>
    public static ContractModel ParseFor(IMethodSymbol method, INamedTypeSymbol entity, CancellationToken cancellationToken)
    {
        RepositoryContract contract = RepositoryContract.Find(method.ContainingType, method.ContainingType.Name, entity, cancellationToken);
        return ToModel(method.ContainingType, contract.FindHidden(method) is null ? contract : contract with { Interface = null });
    }

    private static ContractModel ToModel(INamedTypeSymbol beside, RepositoryContract contract) =>
        new(
            beside.DeclaredAccessibility switch
            {
                Accessibility.Public => "public",
                Accessibility.Private => "private",
                Accessibility.Protected => "protected",
                Accessibility.ProtectedOrInternal => "protected internal",
                Accessibility.ProtectedAndInternal => "private protected",
                _ => "internal",
            },
            contract.Interface is { } name ? Identifiers.Escape(name) : null,
            contract.IsJoined,
            contract.InMemory is { } memory ? Identifiers.Escape(memory) : null);
}

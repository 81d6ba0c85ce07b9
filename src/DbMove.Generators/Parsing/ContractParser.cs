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
        return new ContractModel(
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
}

using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>The types that go with a repository: its interface and its in-memory double.</summary>
/// <param name="Interface">The interface's name; null where the name is taken by a type that no other part can join, or that more code sees than the entity.</param>
/// <param name="IsJoined">Whether the user has a part of the interface.</param>
/// <param name="InMemory">The in-memory repository's name; null where the name is taken, or the interface has members that only the user knows.</param>
internal sealed record RepositoryContract(string? Interface, bool IsJoined, string? InMemory)
{
    /// <summary>The user's part of an interface that is not joined, for more code sees it than the entity; else null.</summary>
    public string? LeftAlone { get; private init; }

    /// <summary>Whether code outside the assembly sees the interface.</summary>
    public bool IsVisibleOutside { get; private init; }

    /// <param name="beside">The type beside which they are: the user's repository, or the entity.</param>
    /// <param name="repository">The repository's name.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static RepositoryContract Find(INamedTypeSymbol beside, string repository, INamedTypeSymbol entity, CancellationToken cancellationToken)
    {
        (string name, string memory) = ("I" + repository, "InMemory" + repository);
        INamedTypeSymbol? declared = NameRules.FindDeclared(beside, name);
        bool isTaken = IsMember(beside, name) || (declared is not null && !CanJoin(declared, entity, cancellationToken));
        bool hasMembers = declared is not null && (!declared.GetMembers().IsEmpty || !declared.Interfaces.IsEmpty);
        return new RepositoryContract(
            isTaken ? null : name,
            declared is not null,
            (!isTaken && hasMembers) || NameRules.FindDeclared(beside, memory) is not null || IsMember(beside, memory) ? null : memory)
        {
            LeftAlone = isTaken && declared is { TypeKind: TypeKind.Interface } && TypeRules.IsPartial(declared, cancellationToken) ? name : null,
            IsVisibleOutside = !isTaken && TypeRules.IsVisibleOutside(declared ?? beside),
        };
    }

    /// <summary>A type for which a method is not in the interface, for more code sees that; null: it is.</summary>
    public ITypeSymbol? FindHidden(IMethodSymbol method) => IsVisibleOutside ? TypeRules.FindHidden(method) : null;

    // Its base would have the entity as type argument, which whoever sees the interface must see too.
    private static bool CanJoin(INamedTypeSymbol declared, INamedTypeSymbol entity, CancellationToken cancellationToken) =>
        declared.TypeKind == TypeKind.Interface
        && TypeRules.IsPartial(declared, cancellationToken)
        && (TypeRules.IsVisibleOutside(entity) || !TypeRules.IsVisibleOutside(declared));

    private static bool IsMember(INamedTypeSymbol beside, string name) =>
        beside.ContainingType?.GetMembers(name).Any(static member => member is not INamedTypeSymbol) == true;
}

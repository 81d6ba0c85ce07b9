using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Roslyn;

/// <summary>What a <c>[Sql]</c> method must be, whatever its text says.</summary>
internal static class MethodSignature
{
    public static void Check(MethodShape shape, CancellationToken cancellationToken)
    {
        IMethodSymbol method = shape.Method;
        if (Obstacle(shape, method, cancellationToken) is { } obstacle)
        {
            shape.Add(MethodProblemKind.Signature, shape.Location, "", obstacle);
        }

        shape.Return = MethodReturn.Of(method.ReturnType);
        if (shape.Return is null)
        {
            shape.Add(MethodProblemKind.Signature, shape.Location, "", "must return Task<int> for a count, Task<T>, Task<IReadOnlyList<T>> or IAsyncEnumerable<T>; ValueTask may stand for Task");
        }

        if (shape.CommandTimeout < 0)
        {
            shape.Add(MethodProblemKind.Signature, shape.TextLocation, "", $"has CommandTimeout = {shape.CommandTimeout}: give seconds, or 0 for no limit");
        }

        ImmutableArray<MethodParameterShape>.Builder parameters = ImmutableArray.CreateBuilder<MethodParameterShape>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            MethodRole role = RoleOf(parameter.Type);
            if (parameter.RefKind != RefKind.None || parameter.IsParams)
            {
                Add(parameter, "is passed by reference or params; pass it as it is");
            }
            else if (role != MethodRole.Value && parameters.Any(other => other.Role == role))
            {
                Add(parameter, $"is a second {parameter.Type.Name}; keep one");
            }

            parameters.Add(new MethodParameterShape(parameter, role));
        }

        shape.Parameters = parameters.ToImmutable();

        void Add(IParameterSymbol parameter, string detail) =>
            shape.Add(MethodProblemKind.Signature, parameter.Locations.FirstOrDefault() ?? shape.Location, parameter.Name, $"has a parameter '{parameter.Name}' that {detail}");
    }

    /// <summary>Whether the compiler asks for a body, and another part of the class can have it.</summary>
    public static bool CanHaveBody(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!method.IsPartialDefinition || HasOwnBody(method) || method.Arity > 0)
        {
            return false;
        }

        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.Arity > 0 || type.IsFileLocal || !TypeRules.IsPartial(type, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Obstacle(MethodShape shape, IMethodSymbol method, CancellationToken cancellationToken) => method switch
    {
        _ when !method.IsPartialDefinition || HasOwnBody(method) => "must be partial and have no body: DbMove writes it",
        { IsStatic: true } => "must not be static: its repository knows the migration",
        { Arity: > 0 } => "must not be generic",
        { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "must not return by reference",
        _ when shape.Repository is null => "is in a class that is the repository of no [Migratable] entity: move it to {Entity}Repository beside the entity, or say [Repository<TEntity>]",
        _ when !HasAccessibility(method, cancellationToken) => "must say who sees it: public, internal, private",
        _ => null,
    };

    // What the generator wrote is in the compilation that analyzers see.
    private static bool HasOwnBody(IMethodSymbol method) =>
        method.PartialImplementationPart is { } body && !body.Locations.Any(static location => location.SourceTree?.FilePath.EndsWith(".Sql.g.cs", StringComparison.Ordinal) == true);

    private static bool HasAccessibility(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(cancellationToken) is MethodDeclarationSyntax declaration
            && declaration.Modifiers.Any(static modifier =>
                modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword));

    private static MethodRole RoleOf(ITypeSymbol type) => type switch
    {
        { Name: "DualWriteTransaction", ContainingNamespace: { Name: "DbMove", ContainingNamespace.IsGlobalNamespace: true } } => MethodRole.Transaction,
        { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } => MethodRole.Cancellation,
        _ => MethodRole.Value,
    };
}

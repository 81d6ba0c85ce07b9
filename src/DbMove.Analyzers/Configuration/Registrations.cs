using System.Collections.Concurrent;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Configuration;

/// <summary>What the code of one compilation adds to migrations, collected by several threads.</summary>
/// <param name="builder">The migration's builder.</param>
internal sealed class Registrations(INamedTypeSymbol builder)
{
    private readonly ConcurrentDictionary<ISymbol, byte> _added = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, byte> _addedWhole = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<(IAssemblySymbol Assembly, Location Location)> _calls = [];
    private readonly ConcurrentBag<Location> _builders = [];
    private volatile bool _addsAny;
    private volatile bool _asksLibrary;

    /// <summary>Whether the program describes a migration at all.</summary>
    public bool Builds => !_builders.IsEmpty;

    /// <summary>Whether nothing adds an entity of the program itself.</summary>
    public bool IsForgotten(INamedTypeSymbol entity) => !_addsAny && !_added.ContainsKey(entity) && !_addedWhole.ContainsKey(entity.ContainingAssembly);

    /// <summary>
    /// Whether nothing adds an entity of a library that the program moves other entities of, one by one, or where it adds no entity at all.
    /// A library that it adds nothing of may be one whose tables stay, and what a library's own method adds nobody knows here.
    /// </summary>
    public bool IsForgottenOfLibrary(INamedTypeSymbol entity) =>
        !_asksLibrary && IsForgotten(entity) && (IsUsed(entity.ContainingAssembly) || (_added.IsEmpty && _addedWhole.IsEmpty));

    /// <summary>Where the entity would be added: after the last call for one of its assembly, after any other one, or else after the calls on the first builder.</summary>
    public Location PlaceFor(INamedTypeSymbol entity) =>
        Last(_calls.Where(call => SymbolEqualityComparer.Default.Equals(call.Assembly, entity.ContainingAssembly)).Select(static call => call.Location))
        ?? Last(_calls.Select(static call => call.Location))
        ?? InOrder(_builders).First();

    /// <summary>A builder is made, or given to a delegate as <c>AddDbMove</c> does.</summary>
    public void CollectBuilder(OperationAnalysisContext context)
    {
        if (IsBuilder(context.Operation.Type))
        {
            _builders.Add(WithCalls(context.Operation).Syntax.GetLocation());
        }
    }

    public void CollectCall(OperationAnalysisContext context)
    {
        IMethodSymbol? method = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        };
        if (method is { Name: "AddEntity", TypeArguments: [{ } argument] } && IsBuilder(method.ContainingType))
        {
            CollectEntity(argument, context.Operation);
        }
        else if (method is not null && IsGenerated(method.ContainingType))
        {
            _addedWhole.TryAdd(method.ContainingType.ContainingAssembly, 0);
        }
        else if (method is not null
            && method.Parameters.Any(parameter => IsBuilder(parameter.Type))
            && !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, context.Compilation.Assembly)
            && method.ContainingAssembly?.Name.StartsWith("DbMove.", StringComparison.Ordinal) != true)
        {
            _asksLibrary = true;
        }
    }

    private void CollectEntity(ITypeSymbol entity, IOperation operation)
    {
        // A type parameter: anything may be added.
        if (entity.TypeKind == TypeKind.TypeParameter)
        {
            _addsAny = true;
        }

        _added.TryAdd(entity, 0);
        if (operation is IInvocationOperation && entity.ContainingAssembly is { } assembly)
        {
            _calls.Add((assembly, operation.Syntax.GetLocation()));
        }
    }

    private bool IsUsed(IAssemblySymbol assembly) => _added.Keys.Any(entity => SymbolEqualityComparer.Default.Equals(entity.ContainingAssembly, assembly));

    private bool IsBuilder(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, builder);

    private static bool IsGenerated(INamedTypeSymbol? type) =>
        type is { IsStatic: true, ContainingNamespace: { Name: "DbMove", ContainingNamespace.IsGlobalNamespace: true } }
        && type.HasAttribute(AttributeNames.GeneratedCode)
        && type.Name.EndsWith("Registrations", StringComparison.Ordinal);

    /// <summary>The chain of calls on the builder that starts here, up to its last call that gives the builder again.</summary>
    private IOperation WithCalls(IOperation start)
    {
        IOperation chain = start;
        for (IOperation? next = start.Parent; next is IConversionOperation or IArgumentOperation or IInvocationOperation; next = next.Parent)
        {
            if (next is IInvocationOperation invocation)
            {
                if (!IsBuilder(invocation.Type) || Receiver(invocation) != chain)
                {
                    break;
                }

                chain = invocation;
            }
        }

        return chain;
    }

    private static IOperation? Receiver(IInvocationOperation invocation) =>
        invocation.Instance ?? (invocation is { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: { } value }, ..] } ? value : null);

    // In an order that does not depend on threads.
    private static IEnumerable<Location> InOrder(IEnumerable<Location> locations) =>
        locations.OrderBy(static location => location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static location => location.SourceSpan.End);

    private static Location? Last(IEnumerable<Location> locations) => InOrder(locations).LastOrDefault();
}

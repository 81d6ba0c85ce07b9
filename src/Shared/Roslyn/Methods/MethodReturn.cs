using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>The return type of a <c>[Sql]</c> method.</summary>
/// <param name="Wrapper"><c>Task</c>, <c>ValueTask</c> or <c>IAsyncEnumerable</c>.</param>
/// <param name="IsList">Whether the result is a list.</param>
/// <param name="Element">The result's type, or that of its elements; null: there is none.</param>
internal sealed record MethodReturn(string Wrapper, bool IsList, ITypeSymbol? Element)
{
    public bool IsStream => Wrapper == "IAsyncEnumerable";

    /// <summary>Whether the result is one that may be missing.</summary>
    public bool IsNullable => Element is not null
        && (Element.NullableAnnotation != NullableAnnotation.NotAnnotated && Element.IsReferenceType
            || !SymbolEqualityComparer.Default.Equals(ColumnTypeResolution.WithoutNullable(Element), Element));

    /// <summary>The return type; null when it is none that a method can have.</summary>
    public static MethodReturn? Of(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { ContainingType: null } named)
        {
            return null;
        }

        string space = named.ContainingNamespace?.ToDisplayString() ?? "";
        return (space, named.Name, named.Arity) switch
        {
            ("System.Threading.Tasks", "Task" or "ValueTask", 0) => new MethodReturn(named.Name, IsList: false, null),
            ("System.Threading.Tasks", "Task" or "ValueTask", 1) => OfResult(named.Name, named.TypeArguments[0]),
            ("System.Collections.Generic", "IAsyncEnumerable", 1) => new MethodReturn(named.Name, IsList: true, named.TypeArguments[0]),
            _ => null,
        };
    }

    private static MethodReturn OfResult(string wrapper, ITypeSymbol result) =>
        result is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IReadOnlyList_T } list
            ? new MethodReturn(wrapper, IsList: true, list.TypeArguments[0])
            : new MethodReturn(wrapper, IsList: false, result);
}

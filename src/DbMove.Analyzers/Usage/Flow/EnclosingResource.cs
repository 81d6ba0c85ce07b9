using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>What was made before an operation, in a block around it, and may still be there.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Symbol">The variable; null: it has no name.</param>
/// <param name="Value">What made it; null: it was declared without a value.</param>
internal sealed record EnclosingResource(ITypeSymbol? Type, ISymbol? Symbol, IOperation? Value);

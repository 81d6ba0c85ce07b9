using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>What was made before an operation, in a block around it, and may still be there.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Symbol">The variable or parameter; null: it has none.</param>
/// <param name="Value">What made it; null for a parameter.</param>
/// <param name="Block">The block that it lives in; null for a parameter.</param>
internal sealed record EnclosingResource(ITypeSymbol? Type, ISymbol? Symbol, IOperation? Value, IOperation? Block);

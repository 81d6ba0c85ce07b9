using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>Tells what runs through DbMove: a <c>DualWriteDataSource</c> and what is made from it.</summary>
internal static class DualWriteFlow
{
    private const int DepthLimit = 8;

    public static bool IsDualWrite(IOperation operation) => IsDualWrite(operation, 0);

    private static bool IsDualWrite(IOperation operation, int depth)
    {
        IOperation inner = LocalFlow.Unwrap(operation);
        if (IsDualWrite(operation.Type) || IsDualWrite(inner.Type))
        {
            return true;
        }

        if (depth == DepthLimit)
        {
            return false;
        }

        return inner switch
        {
            ILocalReferenceOperation local => LocalFlow.Values(local) is { IsEmpty: false } values && values.All(value => IsDualWrite(value.Value, depth + 1)),
            IInvocationOperation call when Declared(call.TargetMethod, call) is { Length: > 0 } returned => returned.All(value => IsDualWrite(value, depth + 1)),
            IPropertyReferenceOperation property when Declared(property.Property, property) is { Length: > 0 } returned => returned.All(value => IsDualWrite(value, depth + 1)),
            IInvocationOperation { Instance: { } instance } => IsDualWrite(instance, depth + 1),
            IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: { } first }, ..] } => IsDualWrite(first, depth + 1),
            IPropertyReferenceOperation { Instance: { } instance } => IsDualWrite(instance, depth + 1),
            IConditionalAccessOperation access => IsDualWrite(access.Operation, depth + 1),
            ICoalesceOperation coalesce => IsDualWrite(coalesce.Value, depth + 1),
            _ => false,
        };
    }

    /// <summary>What a method or a property of the same file returns.</summary>
    private static IOperation[] Declared(ISymbol member, IOperation reference) =>
        member.DeclaringSyntaxReferences is [{ } declaration] && reference.SemanticModel is { } model && model.SyntaxTree == declaration.SyntaxTree
            ? [.. DeclaredText.Find(declaration.GetSyntax()).Select(expression => model.GetOperation(expression)).OfType<IOperation>()]
            : [];

    private static bool IsDualWrite(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [{ } result] } => IsDualWrite(result),
        INamedTypeSymbol named => named.Name.StartsWith("DualWrite", StringComparison.Ordinal) && named.ContainingAssembly?.Name == "DbMove.Runtime",
        _ => false,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>What a <c>StringBuilder</c> is given in a method, wherever: no order but that of the text and no branch is followed.</summary>
internal static class BuilderCalls
{
    /// <summary>The parts of what <c>ToString</c> returns; null: the builder comes from elsewhere.</summary>
    public static IEnumerable<BuilderPart>? Parts(IOperation builder)
    {
        IOperation root = Root(builder, out List<IInvocationOperation> chain);
        if (root is not ILocalReferenceOperation local)
        {
            return root is IObjectCreationOperation made ? [.. First(made), .. chain.SelectMany(Given)] : null;
        }

        return LocalFlow.Values(local) is [(IOperation value, false)] && Root(value, out List<IInvocationOperation> started) is IObjectCreationOperation creation
            ? [.. First(creation), .. started.SelectMany(Given), .. CallsOn(local).SelectMany(Given)]
            : null;
    }

    private static bool IsBuilder(ITypeSymbol? type) => type is { Name: "StringBuilder", ContainingNamespace: { Name: "Text", ContainingNamespace.Name: "System" } };

    /// <summary>What a chain of calls begins with, and the calls in order.</summary>
    private static IOperation Root(IOperation operation, out List<IInvocationOperation> chain)
    {
        chain = [];
        IOperation root = LocalFlow.Unwrap(operation);
        while (root is IInvocationOperation { Instance: { } instance } call && IsBuilder(instance.Type))
        {
            chain.Insert(0, call);
            root = LocalFlow.Unwrap(instance);
        }

        return root;
    }

    private static IEnumerable<IInvocationOperation> CallsOn(ILocalReferenceOperation local)
    {
        SyntaxNode? scope = local.Local.DeclaringSyntaxReferences[0].GetSyntax().FirstAncestorOrSelf<BlockSyntax>();
        foreach (IdentifierNameSyntax name in scope?.DescendantNodes().OfType<IdentifierNameSyntax>() ?? [])
        {
            if (name.Identifier.ValueText != local.Local.Name || !SymbolEqualityComparer.Default.Equals(local.SemanticModel!.GetSymbolInfo(name).Symbol, local.Local))
            {
                continue;
            }

            // Outward through builder.Append(…).Append(…).
            SyntaxNode node = name;
            while (node.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == node)
            {
                if (local.SemanticModel!.GetOperation(call) is IInvocationOperation operation)
                {
                    yield return operation;
                }

                node = call;
            }
        }
    }

    private static IEnumerable<BuilderPart> First(IObjectCreationOperation creation) =>
        creation.Arguments.Where(static argument => argument.Parameter?.Type.SpecialType == SpecialType.System_String).Select(static argument => new BuilderPart(argument.Value));

    private static IEnumerable<BuilderPart> Given(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        switch (method.Name)
        {
            case "Append" or "AppendLine" when method.Parameters.Length < 2 || (method.Parameters.Length == 2 && method.Parameters[0].Type.Name == nameof(IFormatProvider)):
                return [new BuilderPart(call.Arguments.LastOrDefault()?.Value, EndsLine: method.Name == "AppendLine", IsEmpty: call.Arguments.IsEmpty)];
            case "ToString" or "EnsureCapacity":
                return [];
            default:
                return [new BuilderPart(null)];
        }
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>What a local variable is given, wherever in its block: no order and no branch is followed.</summary>
internal static class LocalFlow
{
    /// <summary>The values, in order of text; those of <c>+=</c> are added to what is there.</summary>
    public static ImmutableArray<(IOperation Value, bool IsAdded)> Values(ILocalReferenceOperation reference)
    {
        if (reference.SemanticModel is not { } model
            || reference.Local.DeclaringSyntaxReferences is not [{ } declaration]
            || declaration.GetSyntax() is not VariableDeclaratorSyntax declarator)
        {
            return [];
        }

        ImmutableArray<(IOperation, bool)>.Builder values = ImmutableArray.CreateBuilder<(IOperation, bool)>();
        if (declarator.Initializer is { } initializer && model.GetOperation(initializer.Value) is { } first)
        {
            values.Add((first, false));
        }

        SyntaxNode scope = declarator.FirstAncestorOrSelf<BlockSyntax>() ?? declarator.SyntaxTree.GetRoot();
        foreach (AssignmentExpressionSyntax assignment in scope.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == reference.Local.Name)
            {
                switch (model.GetOperation(assignment))
                {
                    case ISimpleAssignmentOperation simple when IsLocal(simple.Target, reference.Local):
                        values.Add((simple.Value, false));
                        break;
                    case ICompoundAssignmentOperation compound when IsLocal(compound.Target, reference.Local):
                        values.Add((compound.Value, true));
                        break;
                }
            }
        }

        return values.ToImmutable();
    }

    // By symbol: another function may have a variable of the same name.
    private static bool IsLocal(IOperation target, ILocalSymbol local) => target is ILocalReferenceOperation found && SymbolEqualityComparer.Default.Equals(found.Local, local);

    /// <summary>The one value that a local variable is given, or else the operation itself; without what stands around it.</summary>
    public static IOperation Resolve(IOperation operation)
    {
        IOperation inner = Unwrap(operation);
        return inner is ILocalReferenceOperation local && Values(local) is [(IOperation value, false)] ? Unwrap(value) : inner;
    }

    public static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IAwaitOperation awaited:
                    operation = awaited.Operation;
                    break;
                default:
                    return operation;
            }
        }
    }
}

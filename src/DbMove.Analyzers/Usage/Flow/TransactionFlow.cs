using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>Tells whether a transaction may be over where a call stands. No path is followed to the end: in doubt it is over.</summary>
internal static class TransactionFlow
{
    /// <summary>Whether something before the call ends the whole transaction, or a condition around it says that there is none.</summary>
    public static bool IsOver(IOperation call, ISymbol transaction)
    {
        for (IOperation child = call; child.Parent is { } parent; child = parent)
        {
            if (parent switch
            {
                IBlockOperation block => block.Operations.TakeWhile(statement => statement != child).Any(statement => MayEnd(statement, transaction)),
                IConditionalOperation choice => SaysNone(choice, child, transaction),
                _ => false,
            })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the transaction may be over behind a statement: a branch that leaves does not come there.</summary>
    private static bool MayEnd(IOperation statement, ISymbol transaction) => statement switch
    {
        IBlockOperation block => !Leaves(block) && block.Operations.Any(inner => MayEnd(inner, transaction)),
        IConditionalOperation choice => MayEnd(choice.WhenTrue, transaction) || (choice.WhenFalse is { } otherwise && MayEnd(otherwise, transaction)),
        ITryOperation attempt => attempt.Body.Operations.Any(inner => MayEnd(inner, transaction)) || attempt.Catches.Any(caught => MayEnd(caught.Handler, transaction)) || (attempt.Finally is { } last && MayEnd(last, transaction)),
        ILocalFunctionOperation => false,
        _ => statement.DescendantsAndSelf().Any(inner => Ends(inner, transaction)),
    };

    private static bool Leaves(IBlockOperation block) =>
        block.Operations.LastOrDefault() is IReturnOperation or IBranchOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };

    private static bool Ends(IOperation operation, ISymbol transaction) =>
        operation is IInvocationOperation { TargetMethod: { Name: "CommitAsync" or "RollbackAsync" or "DisposeAsync" } method, Instance: { } instance }
        && !method.Parameters.Any(static parameter => parameter.Type.SpecialType == SpecialType.System_String)
        && SymbolEqualityComparer.Default.Equals(
            instance switch { ILocalReferenceOperation local => local.Local, IParameterReferenceOperation parameter => parameter.Parameter, _ => null },
            transaction);

    private static bool SaysNone(IConditionalOperation choice, IOperation branch, ISymbol transaction)
    {
        string condition = choice.Condition.Syntax.ToString();
        return branch == choice.WhenTrue ? condition == transaction.Name + " is null" || condition == transaction.Name + " == null"
            : branch == choice.WhenFalse && (condition == transaction.Name + " is not null" || condition == transaction.Name + " != null");
    }
}

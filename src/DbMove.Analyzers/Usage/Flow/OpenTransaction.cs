using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>Finds the transaction of DbMove that is open where a call stands: a local variable, or a parameter of a lambda or of the method.</summary>
internal static class OpenTransaction
{
    /// <summary>The nearest one; null: there is none, or it is over.</summary>
    /// <param name="call">The call.</param>
    /// <param name="member">The member that it stands in.</param>
    /// <param name="repository">What is called; a transaction that is plainly of another migration is passed over. Null: not known.</param>
    public static ISymbol? Find(IOperation call, ISymbol member, IOperation? repository)
    {
        foreach (EnclosingResource resource in Enclosing.Resources(call))
        {
            if (resource is { Symbol: { } symbol } && RepositoryCalls.IsTransaction(resource.Type) && IsOpen(symbol, MigrationOrigin.OfBegun(resource.Value)))
            {
                return symbol;
            }
        }

        for (IOperation? parent = call; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation { Symbol: { } lambda } function && Parameter(lambda) is { } given && IsOpen(given, MigrationOrigin.OfWork(function)))
            {
                return given;
            }

            if ((parent as ILocalFunctionOperation)?.Symbol is { } local)
            {
                return Parameter(local) is { } parameter && IsOpen(parameter, null) ? parameter : null;
            }
        }

        return member is IMethodSymbol method && Parameter(method) is { } passed && IsOpen(passed, null) ? passed : null;

        bool IsOpen(ISymbol transaction, IOperation? begunBy) =>
            !TransactionFlow.IsOver(call, transaction) && !(begunBy is not null && repository is not null && MigrationOrigin.IsOther(begunBy, repository));
    }

    private static IParameterSymbol? Parameter(IMethodSymbol method) => method.Parameters.FirstOrDefault(static parameter => RepositoryCalls.IsTransaction(parameter.Type));
}

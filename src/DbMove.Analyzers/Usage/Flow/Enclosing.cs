using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>Looks outward from an operation, through lambdas, to the end of its member.</summary>
internal static class Enclosing
{
    /// <summary>The variables declared before it and the resources of the <c>using</c> statements around it, nearest first.</summary>
    public static IEnumerable<EnclosingResource> Resources(IOperation operation)
    {
        for (IOperation child = operation; child.Parent is { } parent; child = parent)
        {
            switch (parent)
            {
                case IBlockOperation block:
                    foreach (IOperation statement in block.Operations.TakeWhile(statement => statement != child).Reverse())
                    {
                        foreach (EnclosingResource declared in Declared(statement))
                        {
                            yield return declared;
                        }
                    }

                    break;
                case IUsingOperation used when used.Body == child:
                    foreach (EnclosingResource declared in Declared(used.Resources))
                    {
                        yield return declared;
                    }

                    break;
            }
        }
    }

    private static IEnumerable<EnclosingResource> Declared(IOperation statement)
    {
        IVariableDeclarationGroupOperation? group = statement switch
        {
            IVariableDeclarationGroupOperation plain => plain,
            IUsingDeclarationOperation used => used.DeclarationGroup,
            _ => null,
        };
        if (group is not null)
        {
            foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(static declaration => declaration.Declarators))
            {
                yield return new EnclosingResource(declarator.Symbol.Type, declarator.Symbol, declarator.GetVariableInitializer()?.Value);
            }
        }
        else if (statement is not IExpressionStatementOperation)
        {
            // The resource of a using statement that gives it no name.
            yield return new EnclosingResource(LocalFlow.Unwrap(statement).Type, null, statement);
        }
    }
}

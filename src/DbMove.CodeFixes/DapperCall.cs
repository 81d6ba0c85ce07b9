using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.CodeFixes;

/// <summary>What a call of Dapper is given.</summary>
internal static class DapperCall
{
    /// <summary>The object of the parameters; null where there is none, or where more than it and the text is given.</summary>
    public static IOperation? Parameters(IInvocationOperation call)
    {
        IOperation? parameters = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            switch (argument)
            {
                case { ArgumentKind: ArgumentKind.DefaultValue } or { Parameter.Name: "cnn" or "sql" }:
                    break;
                case { Parameter.Name: "param" }:
                    parameters = argument.Value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : argument.Value;
                    break;
                default:
                    return null;
            }
        }

        return parameters;
    }

    /// <summary>What a member of an anonymous object is set to. Dapper takes names in any case.</summary>
    public static ExpressionSyntax? Member(IOperation parameters, string name) =>
        (parameters as IAnonymousObjectCreationOperation)?.Initializers
            .OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: { } member } && string.Equals(member, name, StringComparison.OrdinalIgnoreCase))
            ?.Value.Syntax as ExpressionSyntax;
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.CodeFixes.Usage;

/// <summary>What a call of Dapper is given.</summary>
internal static class DapperCall
{
    /// <summary>
    /// Whether it is given a text and parameters, no transaction and nothing else that a repository would not know, and its connection is in
    /// no transaction that shows: a connection may be in one without being given it, which the write would leave. The rule has looked.
    /// </summary>
    public static bool IsPlain(IInvocationOperation call, Diagnostic diagnostic) =>
        !diagnostic.Properties.ContainsKey("InTransaction")
        && call.Arguments.All(static argument => argument is { ArgumentKind: ArgumentKind.DefaultValue } or { Parameter.Name: "cnn" or "sql" or "param" });

    /// <summary>The object of the parameters; null where there is none.</summary>
    public static IOperation? Parameters(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(static argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "param" })?.Value switch
        {
            IConversionOperation { IsImplicit: true } conversion => conversion.Operand,
            IOperation given => given,
            null => null,
        };

    /// <summary>The transaction of DbMove that is open around the call, as an argument; empty: none is. By its place: it is each method's next parameter.</summary>
    public static ArgumentSyntax[] Transaction(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue("Transaction", out string? name) ? [SyntaxFactory.Argument(NewSyntax.Name(name!))] : [];

    /// <summary>What a member of an anonymous object is set to. Dapper takes names in any case.</summary>
    public static ExpressionSyntax? Member(IOperation parameters, string name) =>
        (parameters as IAnonymousObjectCreationOperation)?.Initializers
            .OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: { } member } && string.Equals(member, name, StringComparison.OrdinalIgnoreCase))
            ?.Value.Syntax as ExpressionSyntax;
}

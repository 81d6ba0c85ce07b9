using DbMove.Analyzers.Usage.Sinks;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>Tells which migration a transaction or a repository is of, where the code beside it says so.</summary>
internal static class MigrationOrigin
{
    private const int DepthLimit = 8;

    /// <summary>What began a transaction; null: not known.</summary>
    public static IOperation? OfBegun(IOperation? value) =>
        value is not null && LocalFlow.Unwrap(value) is IInvocationOperation { TargetMethod.Name: "BeginTransactionAsync", Instance: { } instance } ? instance : Configured(value);

    /// <summary>What runs a lambda in a transaction; null: not known.</summary>
    public static IOperation? OfWork(IAnonymousFunctionOperation work)
    {
        IOperation? parent = work.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
        {
            parent = parent.Parent;
        }

        return (parent as IInvocationOperation)?.Instance;
    }

    /// <summary>Whether it is plain that a repository is of another migration than the one that began a transaction.</summary>
    public static bool IsOther(IOperation begunBy, IOperation repository) =>
        Symbol(begunBy) is { } began
        && Symbol(repository) is { } called
        && (KeyOf(began) is { } key && KeyOf(called) is { } other
            ? !Equals(key, other)
            : Given(repository) is { } given && Root(begunBy, 0) is { } one && Root(given, 0) is { } two && one.Kind == two.Kind && !SymbolEqualityComparer.Default.Equals(one, two));

    /// <summary>Whether code can reach more than one thing that begins transactions of DbMove.</summary>
    public static bool MayBeSeveral(IOperation call) =>
        call.SemanticModel!.LookupSymbols(call.Syntax.SpanStart).Count(static symbol => IsMigration(symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        })) > 1;

    /// <summary>The migration that a repository was made of; null: it was made elsewhere.</summary>
    private static IOperation? Given(IOperation repository) =>
        Value(repository) is IObjectCreationOperation made
            ? made.Arguments.Select(static argument => argument.Value).FirstOrDefault(static value => IsMigration(LocalFlow.Unwrap(value).Type))
            : null;

    private static bool IsMigration(ITypeSymbol? type) => type.DerivesFrom("DbMove.Migration") || type.Implements("DbMove.IDualWriteTransactions");

    /// <summary>The variable or parameter that a migration comes from in the end: a field may hold what the constructor was given.</summary>
    private static ISymbol? Root(IOperation migration, int depth) =>
        depth < DepthLimit && Value(migration) is { } value && Symbol(value) is not null ? Root(value, depth + 1) : Symbol(migration);

    /// <summary>What a variable or a field is given, where that is one thing and the file says it.</summary>
    private static IOperation? Value(IOperation reference) => LocalFlow.Unwrap(reference) switch
    {
        ILocalReferenceOperation local => LocalFlow.Values(local) is [(IOperation value, false)] ? LocalFlow.Unwrap(value) : null,
        IFieldReferenceOperation field when reference.SemanticModel is { } model && Assigned(field.Field, model) is [{ } value] && model.GetOperation(value) is { } set => LocalFlow.Unwrap(set),
        IObjectCreationOperation made => made,
        _ => null,
    };

    private static ExpressionSyntax[] Assigned(IFieldSymbol field, SemanticModel model) =>
        field.DeclaringSyntaxReferences is [{ } declaration] && declaration.SyntaxTree == model.SyntaxTree && declaration.GetSyntax() is VariableDeclaratorSyntax declarator
            ?
            [
                .. declarator.Initializer is { } initializer ? [initializer.Value] : Array.Empty<ExpressionSyntax>(),
                .. declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
                    .Where(assignment => Target(assignment.Left) == field.Name).Select(static assignment => assignment.Right) ?? [],
            ]
            : [];

    private static string? Target(ExpressionSyntax left) => left switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: { } name } => name.Identifier.ValueText,
        _ => null,
    };

    private static ISymbol? Symbol(IOperation reference) => LocalFlow.Unwrap(reference) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    /// <summary>The key of a keyed service that a parameter is.</summary>
    private static object? KeyOf(ISymbol symbol) =>
        symbol is IParameterSymbol && symbol.FindAttribute("Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute") is { ConstructorArguments: [{ Value: { } key }] } ? key : null;

    private static IOperation? Configured(IOperation? value) =>
        value is not null && LocalFlow.Unwrap(value) is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } ? OfBegun(task) : null;
}

using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1021: A type without <c>[Migratable]</c> that is given to <c>AddEntity</c>: the compiler alone only says that a constraint is not met.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnmarkedEntityAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1021",
        "Only a migratable entity can be added to a migration",
        "'{0}' is added to a migration but is not marked [Migratable]; mark it, and make it partial",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1021"));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        // By syntax: the call has no operation, since its constraint is not met.
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.GenericName);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        GenericNameSyntax name = (GenericNameSyntax)context.Node;
        if (name is not { Identifier.ValueText: "AddEntity", TypeArgumentList.Arguments: [{ } argument] }
            || context.SemanticModel.GetSymbolInfo(name, context.CancellationToken) is not { Symbol: null, CandidateSymbols: [IMethodSymbol candidate] }
            || !candidate.ContainingType.HasMetadataName("DbMove.MigrationBuilder"))
        {
            return;
        }

        if (context.SemanticModel.GetTypeInfo(argument, context.CancellationToken).Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } type
            && !type.HasAttribute(AttributeNames.Migratable))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, argument.GetLocation(), type.Name));
        }
    }
}

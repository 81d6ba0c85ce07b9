using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Configuration;

/// <summary>DBM3003: A call of Dapper, which reflects, in a project that is made for Native AOT.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReflectingPackageAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM3003",
        "A project for Native AOT should not call Dapper",
        "'{0}' of Dapper emits code at run time, which Native AOT cannot; read through the repository of DbMove or plain ADO.NET, or add Dapper.AOT",
        Category.Configuration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM3003"));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            AnalyzerConfigOptionsProvider options = start.Options.AnalyzerConfigOptionsProvider;
            if ((Settings.Property(options, Settings.PublishAot) == true || Settings.Property(options, Settings.IsAotCompatible) == true)
                && start.Compilation.GetTypeByMetadataName("Dapper.SqlMapper") is { } mapper
                // Dapper.AOT replaces the calls at compile time.
                && !start.Compilation.ReferencedAssemblyNames.Any(static assembly => assembly.Name == "Dapper.AOT"))
            {
                start.RegisterOperationAction(operation => Analyze(operation, mapper), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol mapper)
    {
        IMethodSymbol method = ((IInvocationOperation)context.Operation).TargetMethod;
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, mapper))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, context.Operation.Syntax.GetLocation(), method.Name));
        }
    }
}

using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Configuration;

/// <summary>DBM3003: A call of a package that reflects or emits code, in a project that is made for Native AOT.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReflectingPackageAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM3003",
        "A project for Native AOT should not call a package that cannot run there",
        "'{0}' of {1} {2}; {3}",
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
            if (Settings.Property(options, Settings.PublishAot) != true && Settings.Property(options, Settings.IsAotCompatible) != true)
            {
                return;
            }

            Dictionary<ISymbol, ReflectingPackage> packages = new(SymbolEqualityComparer.Default);
            foreach (ReflectingPackage package in ReflectingPackage.All)
            {
                // The substitute replaces the calls at compile time.
                if (start.Compilation.GetTypeByMetadataName(package.Type) is { } type
                    && !start.Compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name == package.Substitute))
                {
                    packages.Add(type, package);
                }
            }

            if (packages.Count > 0)
            {
                start.RegisterOperationAction(operation => Analyze(operation, packages), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, Dictionary<ISymbol, ReflectingPackage> packages)
    {
        IMethodSymbol method = ((IInvocationOperation)context.Operation).TargetMethod;
        if (method.ContainingType is { } type && packages.TryGetValue(type, out ReflectingPackage? package) && package.Has(method))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, context.Operation.Syntax.GetLocation(), method.Name, package.Name, package.Reason, package.Remedy));
        }
    }
}

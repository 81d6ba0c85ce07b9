using System.Collections.Concurrent;
using System.Collections.Immutable;
using DbMove.Analyzers.Usage;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Configuration;

/// <summary>DBM3001: A migratable entity of a program that no migration of it adds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnregisteredEntityAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_testFrameworks =
        ["xunit.core", "xunit.v3.core", "nunit.framework", "MSTest.TestFramework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "TUnit.Core"];

    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM3001",
        "A migratable entity should be added to a migration",
        "'{0}' is marked [Migratable], but no migration of this program adds it, so its table does not move; call AddEntity<{0}>()",
        Category.Configuration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM3001"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // A library does not know who adds its entities.
            if (start.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication
                && start.Compilation.GetTypeByMetadataName("DbMove.MigrationBuilder") is { } builder)
            {
                Registrations registrations = new(builder);
                ConcurrentBag<INamedTypeSymbol> own = [];
                start.RegisterSymbolAction(symbol => CollectEntity(symbol, own), SymbolKind.NamedType);
                start.RegisterOperationAction(registrations.CollectCall, OperationKind.Invocation, OperationKind.MethodReference);
                start.RegisterOperationAction(registrations.CollectBuilder, OperationKind.ObjectCreation, OperationKind.ParameterReference);
                start.RegisterCompilationEndAction(end => Report(end, registrations, own));
            }
        });
    }

    private static void CollectEntity(SymbolAnalysisContext context, ConcurrentBag<INamedTypeSymbol> own)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.HasAttribute(AttributeNames.Migratable) && EntityShape.Inspect(type, context.CancellationToken).IsValid)
        {
            own.Add(type);
        }
    }

    private static void Report(CompilationAnalysisContext context, Registrations registrations, ConcurrentBag<INamedTypeSymbol> own)
    {
        if (!registrations.Builds)
        {
            return;
        }

        foreach (INamedTypeSymbol entity in own.Where(registrations.IsForgotten))
        {
            Report(context, registrations, entity, EntityShape.LocationOf(entity, context.CancellationToken));
        }

        if (IsTest(context.Compilation) || MigratableTables.Of(context.Compilation, context.CancellationToken) is not { } tables)
        {
            return;
        }

        // An entity of a library has no place here: what is reported is the call after which it is missing.
        foreach (INamedTypeSymbol entity in tables.Entities.Where(entity => IsOfLibrary(entity, context.Compilation) && registrations.IsForgottenOfLibrary(entity))
            .OrderBy(static entity => entity.ToDisplayString(), StringComparer.Ordinal))
        {
            Report(context, registrations, entity, registrations.PlaceFor(entity));
        }
    }

    private static void Report(CompilationAnalysisContext context, Registrations registrations, INamedTypeSymbol entity, Location location) =>
        context.ReportDiagnostic(Diagnostic.Create(
            s_rule,
            location,
            [registrations.PlaceFor(entity)],
            ImmutableDictionary<string, string?>.Empty.Add(FixHints.Entity, DocumentationCommentId.CreateDeclarationId(entity)),
            entity.Name));

    /// <summary>Whether the program could add it: it sees it, and the library's build has generated what that needs.</summary>
    private static bool IsOfLibrary(INamedTypeSymbol entity, Compilation compilation) =>
        !SymbolEqualityComparer.Default.Equals(entity.ContainingAssembly, compilation.Assembly)
        && compilation.IsSymbolAccessibleWithin(entity, compilation.Assembly)
        && entity.AllInterfaces.Any(static contract => contract is { MetadataName: "IMigratable`1", ContainingNamespace: { Name: "Mapping", ContainingNamespace.Name: "DbMove" } });

    // A test moves what it is about.
    private static bool IsTest(Compilation compilation) =>
        compilation.ReferencedAssemblyNames.Any(static assembly => s_testFrameworks.Contains(assembly.Name, StringComparer.OrdinalIgnoreCase));
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Configuration;

/// <summary>DBM3001: A migratable entity of a program that no migration of it adds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnregisteredEntityAnalyzer : DiagnosticAnalyzer
{
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
                start.RegisterSymbolAction(registrations.CollectEntity, SymbolKind.NamedType);
                start.RegisterOperationAction(registrations.CollectCall, OperationKind.Invocation, OperationKind.MethodReference);
                start.RegisterOperationAction(registrations.CollectBuilder, OperationKind.ObjectCreation, OperationKind.ParameterReference);
                start.RegisterCompilationEndAction(registrations.Report);
            }
        });
    }

    /// <summary>What one compilation adds.</summary>
    private sealed class Registrations(INamedTypeSymbol builder)
    {
        private readonly ConcurrentBag<INamedTypeSymbol> _entities = [];
        private readonly ConcurrentBag<Location> _calls = [];
        private readonly ConcurrentDictionary<ISymbol, byte> _added = new(SymbolEqualityComparer.Default);
        private volatile bool _builds;
        private volatile bool _addsAll;

        public void CollectEntity(SymbolAnalysisContext context)
        {
            INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
            if (type.HasAttribute(AttributeNames.Migratable) && EntityShape.Inspect(type, context.CancellationToken).IsValid)
            {
                _entities.Add(type);
            }
        }

        /// <summary>A builder is made, or given to a delegate as <c>AddDbMove</c> does.</summary>
        public void CollectBuilder(OperationAnalysisContext context)
        {
            if (SymbolEqualityComparer.Default.Equals(context.Operation.Type, builder))
            {
                _builds = true;
            }
        }

        public void CollectCall(OperationAnalysisContext context)
        {
            IMethodSymbol? method = context.Operation switch
            {
                IInvocationOperation invocation => invocation.TargetMethod,
                IMethodReferenceOperation reference => reference.Method,
                _ => null,
            };
            if (method is { Name: "AddEntity", TypeArguments: [{ } argument] } && SymbolEqualityComparer.Default.Equals(method.ContainingType, builder))
            {
                // A type parameter: anything may be added.
                if (argument.TypeKind == TypeKind.TypeParameter)
                {
                    _addsAll = true;
                }

                _added.TryAdd(argument, 0);
                if (context.Operation is IInvocationOperation)
                {
                    _calls.Add(context.Operation.Syntax.GetLocation());
                }
            }
            else if (method is not null
                && method.ContainingType is { IsStatic: true } registrations
                && SymbolEqualityComparer.Default.Equals(registrations.ContainingAssembly, context.Compilation.Assembly)
                && registrations.HasAttribute(AttributeNames.GeneratedCode)
                && registrations.Name.EndsWith("Registrations", StringComparison.Ordinal)
                && registrations.ContainingNamespace is { Name: "DbMove", ContainingNamespace.IsGlobalNamespace: true })
            {
                _addsAll = true;
            }
        }

        public void Report(CompilationAnalysisContext context)
        {
            if (!_builds || _addsAll)
            {
                return;
            }

            // Where the code fix adds another call: the last one, in an order that does not depend on threads.
            Location[] calls =
            [
                .. _calls.OrderBy(static call => call.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static call => call.SourceSpan.End).Reverse().Take(1),
            ];
            foreach (INamedTypeSymbol entity in _entities.Where(entity => !_added.ContainsKey(entity)))
            {
                context.ReportDiagnostic(Diagnostic.Create(s_rule, EntityShape.LocationOf(entity, context.CancellationToken), calls, entity.Name));
            }
        }
    }
}

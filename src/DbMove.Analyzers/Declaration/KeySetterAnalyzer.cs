using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1015: A key member that code may change after the entity was read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeySetterAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1015",
        "A key member should not be settable",
        "'{0}.{1}' is in the key and has a public setter; a changed key is another row, so make it 'init'",
        Category.Declaration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1015"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        foreach (MemberShape member in shape.Key)
        {
            // Whether it can be set is not the entity's to say where it overrides a property or implements an interface that says so.
            if (member.Setter is { IsInitOnly: false, DeclaredAccessibility: Accessibility.Public } setter
                && SymbolEqualityComparer.Default.Equals(setter.ContainingType, shape.Type)
                && !member.Property.IsOverride
                && !ImplementsSetter(shape.Type, setter))
            {
                context.ReportDiagnostic(Diagnostic.Create(s_rule, member.Location, shape.Type.Name, member.Name));
            }
        }
    }

    private static bool ImplementsSetter(INamedTypeSymbol type, IMethodSymbol setter) =>
        type.AllInterfaces.SelectMany(static contract => contract.GetMembers()).OfType<IPropertySymbol>().Any(property =>
            property.SetMethod is { } wanted && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(wanted), setter));
}

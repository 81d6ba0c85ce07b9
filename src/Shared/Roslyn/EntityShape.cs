using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Roslyn;

/// <summary>
/// The one definition of a valid entity. The generator emits for a shape without problems; every problem is a rule of
/// the analyzers. So something is generated exactly when no error is reported.
/// </summary>
internal sealed class EntityShape
{
    // By symbol, of which there is one per compilation: two dozen rules ask for one shape, and it goes with the compilation.
    private static readonly ConditionalWeakTable<INamedTypeSymbol, EntityShape> s_known = new();

    private EntityShape(INamedTypeSymbol type) => Type = type;

    public INamedTypeSymbol Type { get; }

    /// <summary>The entity's name on the wire.</summary>
    public string WireName => Type.FindAttribute(AttributeNames.Migratable).Text("Name") ?? SourceTable.Name;

    /// <summary>
    /// What the names of the generated files begin with: namespace, types around it and name, no keyword marked by <c>@</c>. Files are
    /// told apart ignoring case, so two entities may not have one that differs in case alone.
    /// </summary>
    public static string FileName(INamedTypeSymbol type)
    {
        string name = type.Name;
        for (INamespaceOrTypeSymbol? outer = Outer(type); outer is { Name.Length: > 0 }; outer = Outer(outer))
        {
            name = outer.Name + "." + name;
        }

        return name;

        static INamespaceOrTypeSymbol? Outer(ISymbol symbol) => symbol.ContainingType ?? (INamespaceOrTypeSymbol?)symbol.ContainingNamespace;
    }

    public (string? Schema, string Name) SourceTable => TableNames.Source(Type);

    public (string? Schema, string Name) TargetTable => TableNames.Target(Type);

    /// <summary>Whether values are compared bit by bit.</summary>
    public bool IsIdentical => Type.FindAttribute(AttributeNames.Migratable).Number("Comparison") == 1;

    /// <summary>The mapped members, in order of declaration.</summary>
    public ImmutableArray<MemberShape> Members { get; private set; } = [];

    /// <summary>The key's members, in key order.</summary>
    public ImmutableArray<MemberShape> Key { get; private set; } = [];

    /// <summary>How a row becomes an entity; null when the shape has problems.</summary>
    public ConstructorShape? Constructor { get; private set; }

    public ImmutableArray<ShapeProblem> Problems { get; private set; } = [];

    public bool IsValid => Problems.IsEmpty;

    /// <summary>The shape of the type, the same for all who ask: it is complete before anyone gets it, and does not change.</summary>
    public static EntityShape Inspect(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        s_known.TryGetValue(type, out EntityShape? known) ? known : s_known.GetValue(type, anew => InspectAnew(anew, cancellationToken));

    private static EntityShape InspectAnew(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        EntityShape shape = new(type);
        ImmutableArray<ShapeProblem>.Builder problems = ImmutableArray.CreateBuilder<ShapeProblem>();
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            // Of a compiled assembly: it was judged there, and only its columns are asked for.
            shape.Members = MemberCollector.Collect(type, type.Locations[0], problems, cancellationToken);
            return shape;
        }

        Location location = LocationOf(type, cancellationToken);

        TypeRules.Check(type, location, problems, cancellationToken);
        if (!problems.Any(problem => problem.Kind == ProblemKind.UnsupportedKind))
        {
            shape.Members = MemberCollector.Collect(type, location, problems, cancellationToken);
            shape.Key = KeyShape.Find(type, location, shape.Members, problems);
            ColumnRules.Check(type, shape.Members, problems);
            SideRules.Check(type, shape.Members, shape.Key, problems);
            ConcurrencyRules.Check(type, shape.Members, shape.Key, problems);
            ComparisonRules.Check(type, shape.Members, problems);
            shape.Constructor = ConstructorShape.Find(type, location, shape.Members, problems);
            NameRules.Check(type, shape.Key, location, problems, cancellationToken);
        }

        shape.Problems = problems.ToImmutable();
        return shape;
    }

    /// <summary>The identifier in the part that carries <c>[Migratable]</c>.</summary>
    public static Location LocationOf(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.FindAttribute(AttributeNames.Migratable)?.ApplicationSyntaxReference?.GetSyntax(cancellationToken)
            .FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.GetLocation()
        ?? type.Locations[0];
}

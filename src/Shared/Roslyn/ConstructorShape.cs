using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>
/// How a row becomes an entity: the constructor to call, from inside the type, with these members as arguments, and the
/// members to set in the object initializer.
/// </summary>
internal sealed record ConstructorShape(ImmutableArray<MemberShape> Arguments, ImmutableArray<MemberShape> Initialized)
{
    /// <summary>
    /// Takes the constructor that sets most of the members that nothing else can set, of those the one with the fewest
    /// parameters. Null, and problems, when there is none or a member stays unset.
    /// </summary>
    public static ConstructorShape? Find(
        INamedTypeSymbol type, Location location, ImmutableArray<MemberShape> members, ImmutableArray<ShapeProblem>.Builder problems)
    {
        ImmutableArray<MemberShape> best = default;
        IMethodSymbol? constructor = null;
        foreach (IMethodSymbol candidate in type.InstanceConstructors)
        {
            if (Match(type, candidate, members) is { IsDefault: false } arguments
                && (best.IsDefault
                    || Rescued(arguments) > Rescued(best)
                    || (Rescued(arguments) == Rescued(best) && arguments.Length < best.Length)))
            {
                best = arguments;
                constructor = candidate;
            }
        }

        if (constructor is null)
        {
            problems.Add(new ShapeProblem(ProblemKind.Inaccessible, location, type.Name, type.Name, "has no constructor whose parameters are all mapped members of the same name and type: add one, without parameters and private if need be"));
            return null;
        }

        bool setsRequired = constructor.HasAttribute(AttributeNames.SetsRequiredMembers);
        int before = problems.Count;
        foreach (MemberShape member in members.Where(member => !member.IsSettable && !best.Contains(member)))
        {
            problems.Add(new ShapeProblem(ProblemKind.Inaccessible, member.Location, type.Name, member.Name, "can be set neither by an accessor nor by the constructor: add an init accessor, or [NotMapped]"));
        }

        if (!setsRequired)
        {
            AddUnmappedRequired(type, location, members, problems);
        }

        return problems.Count > before
            ? null
            : new ConstructorShape(best, [.. members.Where(member => !best.Contains(member) || (member.Property.IsRequired && !setsRequired))]);
    }

    private static int Rescued(ImmutableArray<MemberShape> arguments) => arguments.Count(member => !member.IsSettable);

    private static ImmutableArray<MemberShape> Match(INamedTypeSymbol type, IMethodSymbol constructor, ImmutableArray<MemberShape> members)
    {
        ImmutableArray<MemberShape>.Builder arguments = ImmutableArray.CreateBuilder<MemberShape>(constructor.Parameters.Length);
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            MemberShape? member = members.FirstOrDefault(candidate =>
                string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(candidate.Property.Type, parameter.Type));
            if (member is null || parameter.RefKind is RefKind.Ref or RefKind.Out || RefusesNull(parameter, member))
            {
                return default;
            }

            arguments.Add(member);
        }

        return arguments.ToImmutable();
    }

    private static bool RefusesNull(IParameterSymbol parameter, MemberShape member) =>
        member.IsNullable && parameter is { Type.IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };

    private static void AddUnmappedRequired(INamedTypeSymbol type, Location location, ImmutableArray<MemberShape> members, ImmutableArray<ShapeProblem>.Builder problems)
    {
        foreach (ISymbol symbol in type.WithBaseTypes().SelectMany(static part => part.GetMembers()))
        {
            if (symbol is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true }
                && !members.Any(member => member.Name == symbol.Name))
            {
                problems.Add(new ShapeProblem(ProblemKind.Inaccessible, In(type, symbol) ? symbol.Locations[0] : location, type.Name, symbol.Name, "is required but is no column, so no row can be made: remove 'required', or map it"));
            }
        }
    }

    private static bool In(INamedTypeSymbol type, ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, type.ContainingAssembly);
}

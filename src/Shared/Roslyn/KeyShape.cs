using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>Which members are an entity's key, and in which order.</summary>
internal static class KeyShape
{
    /// <summary>Whether the name makes a property the key when nothing else does: <c>Id</c> or <c>{Entity}Id</c>.</summary>
    public static bool IsConventional(INamedTypeSymbol type, string member) =>
        string.Equals(member, "Id", StringComparison.OrdinalIgnoreCase)
        || string.Equals(member, type.Name + "Id", StringComparison.OrdinalIgnoreCase);

    public static ImmutableArray<MemberShape> Find(
        INamedTypeSymbol type, Location location, ImmutableArray<MemberShape> members, ImmutableArray<ShapeProblem>.Builder problems)
    {
        int before = problems.Count;
        ImmutableArray<MemberShape> key = type.FindInheritedAttribute(AttributeNames.PrimaryKey) is { } primaryKey
            ? Named(primaryKey, type, location, members, problems)
            : Attributed(type, members, problems) is { IsEmpty: false } attributed ? attributed : Conventional(type, members);

        if (key.IsEmpty)
        {
            if (problems.Count == before)
            {
                problems.Add(new ShapeProblem(ProblemKind.NoKey, location, type.Name, "", ""));
            }

            return key;
        }

        foreach (MemberShape member in key)
        {
            if (FindWeakness(member) is { } weakness)
            {
                problems.Add(new ShapeProblem(ProblemKind.InvalidKey, member.Location, type.Name, member.Name, weakness));
            }
        }

        return key;
    }

    /// <summary>Why a member cannot be in a key; null when it can.</summary>
    public static string? FindWeakness(MemberShape member)
    {
        if (member.IsDeclaredNullable)
        {
            return "may be null: declare it without '?'";
        }

        if (member.TargetStorage is not null || member.Storage is { IsText: true } or { Converter: not null } or { Json: not null })
        {
            return "is stored in another form, in which keys would sort otherwise: use a value object such as 'readonly record struct OrderId(long Value)', or the stored type itself";
        }

        if (!ColumnTypeResolution.CanBeKey(member.Type) || member.Storage is { Element: not null })
        {
            return "has a type that engines order or compare differently: use an integer, Guid, string, enum, date or time, or a value object over one";
        }

        return member.Generated == "Computed"
            ? "is computed by the database at every write: use DatabaseGeneratedOption.Identity or None"
            : null;
    }

    private static ImmutableArray<MemberShape> Named(
        AttributeData attribute, INamedTypeSymbol type, Location location, ImmutableArray<MemberShape> members, ImmutableArray<ShapeProblem>.Builder problems)
    {
        ImmutableArray<MemberShape>.Builder key = ImmutableArray.CreateBuilder<MemberShape>();
        foreach (string? name in attribute.ConstructorArguments.SelectMany(Values))
        {
            MemberShape? member = members.FirstOrDefault(candidate => candidate.Name == name);
            if (member is null || key.Contains(member))
            {
                problems.Add(new ShapeProblem(ProblemKind.InvalidKey, location, type.Name, name ?? "null", "is named by [PrimaryKey] but is no mapped member, or is named twice"));
            }
            else
            {
                key.Add(member);
            }
        }

        return key.ToImmutable();

        static IEnumerable<string?> Values(TypedConstant constant) => constant.Kind == TypedConstantKind.Array
            ? constant.Values.IsDefault ? [] : constant.Values.Select(value => value.Value as string)
            : [constant.Value as string];
    }

    private static ImmutableArray<MemberShape> Attributed(
        INamedTypeSymbol type, ImmutableArray<MemberShape> members, ImmutableArray<ShapeProblem>.Builder problems)
    {
        ImmutableArray<MemberShape> key = [.. members.Where(member => member.IsKeyAttributed)];
        int ordered = key.Count(member => member.Order is not null);
        if (ordered == 0)
        {
            return key;
        }

        if (ordered < key.Length || key.Select(member => member.Order).Distinct().Count() < key.Length)
        {
            problems.Add(new ShapeProblem(ProblemKind.InvalidKey, key[0].Location, type.Name, key[0].Name, "shares the key with members whose [Column(Order = n)] is missing or the same: give each its own order"));
        }

        return [.. key.OrderBy(member => member.Order)];
    }

    private static ImmutableArray<MemberShape> Conventional(INamedTypeSymbol type, ImmutableArray<MemberShape> members)
    {
        MemberShape? member =
            members.FirstOrDefault(candidate => string.Equals(candidate.Name, "Id", StringComparison.OrdinalIgnoreCase))
            ?? members.FirstOrDefault(candidate => IsConventional(type, candidate.Name));
        return member is null ? [] : [member];
    }
}

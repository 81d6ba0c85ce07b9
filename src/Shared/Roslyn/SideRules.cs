using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What a column must be that one side alone has.</summary>
internal static class SideRules
{
    public static void Check(
        INamedTypeSymbol type, ImmutableArray<MemberShape> members, ImmutableArray<MemberShape> key, ImmutableArray<ShapeProblem>.Builder problems)
    {
        foreach (MemberShape member in members.Where(static member => member.IsSourceOnly || member.IsTargetOnly))
        {
            if (Obstacle(member, key) is { } obstacle)
            {
                problems.Add(new ShapeProblem(ProblemKind.InvalidSide, member.Location, type.Name, member.Name, obstacle));
            }
        }
    }

    private static string? Obstacle(MemberShape member, ImmutableArray<MemberShape> key)
    {
        if (member is { IsSourceOnly: true, IsTargetOnly: true })
        {
            return "has both [SourceOnly] and [TargetOnly]: keep one, or neither";
        }

        if (key.Contains(member))
        {
            return "is part of the key, which both sides need";
        }

        if (member.IsUpdatedAt)
        {
            return "is the cursor, which both sides need";
        }

        if (member.IsSourceOnly && member.Property.HasAttribute(AttributeNames.TargetColumn))
        {
            return "has [SourceOnly] and a [TargetColumn]: take one off";
        }

        // Null is what tells a value that is not known from one that is: a write keeps what is stored.
        return member.IsNullable ? null : "must be nullable: null is its value where it was read on the side that does not have it, and a write of null leaves what is stored";
    }
}

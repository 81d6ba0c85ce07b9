using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What must hold of the members' comparison policies.</summary>
internal static class ComparisonRules
{
    public static void Check(INamedTypeSymbol type, ImmutableArray<MemberShape> members, ImmutableArray<ShapeProblem>.Builder problems)
    {
        foreach (MemberShape member in members)
        {
            if (member.Comparison is { Problem: { } problem } comparison)
            {
                problems.Add(new ShapeProblem(
                    comparison.IsProblemOfComparer ? ProblemKind.InvalidComparer : ProblemKind.InvalidComparison, member.Location, type.Name, member.Name, problem));
            }
        }
    }

    /// <summary>Why the policy of a member changes nothing; null when it does, or there is none.</summary>
    public static string? WhyIdle(MemberShape member, ImmutableArray<MemberShape> key) => member.Comparison switch
    {
        null => null,
        _ when key.Contains(member) => "it is part of the key, and rows are matched by their exact keys",
        _ when member.IsSourceOnly || member.IsTargetOnly => "one side alone has the column, so that nothing compares it",
        { } comparison => comparison.Idle,
    };
}

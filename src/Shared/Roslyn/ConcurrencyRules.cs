using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What a concurrency token must be, and what a row version that DbMove counts.</summary>
internal static class ConcurrencyRules
{
    public static void Check(
        INamedTypeSymbol type, ImmutableArray<MemberShape> members, ImmutableArray<MemberShape> key, ImmutableArray<ShapeProblem>.Builder problems)
    {
        MemberShape? version = null;
        foreach (MemberShape member in members.Where(static member => member.IsConcurrencyToken))
        {
            if (Obstacle(member, key, version) is { } obstacle)
            {
                problems.Add(new ShapeProblem(ProblemKind.InvalidToken, member.Location, type.Name, member.Name, obstacle));
            }

            version ??= member.IsRowVersion ? member : null;
        }
    }

    private static string? Obstacle(MemberShape member, ImmutableArray<MemberShape> key, MemberShape? version)
    {
        if (key.Contains(member))
        {
            return "is part of the key, by which the row is found anyway: take the attribute off";
        }

        if (member.IsSourceOnly || member.IsTargetOnly)
        {
            return "is on one side alone, and the other could not compare it: use a member that both sides have";
        }

        if (!member.IsRowVersion)
        {
            return null;
        }

        if (version is not null)
        {
            return $"is a second [Timestamp] beside '{version.Name}': keep one";
        }

        if (member is not { Storage: { IsPlain: true, Enum: null }, TargetStorage: null, Type: ColumnType.Int32 or ColumnType.Int64, IsNullable: false })
        {
            return "has [Timestamp], which DbMove counts up, so it must be an int or a long: change the type, or use [ConcurrencyCheck] where the application or a trigger sets the value";
        }

        if (member.IsUpdatedAt)
        {
            return "has [Timestamp], which counts the writes of one row, and [UpdatedAt], which the application sets to what grows over all rows: use two members";
        }

        return member.Generated != "None"
            ? "has [Timestamp], which DbMove counts up, and [DatabaseGenerated]: use [ConcurrencyCheck] where the database makes the value"
            : null;
    }
}

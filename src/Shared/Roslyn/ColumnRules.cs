using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What must hold between an entity's columns.</summary>
internal static class ColumnRules
{
    public static void Check(INamedTypeSymbol type, ImmutableArray<MemberShape> members, ImmutableArray<ShapeProblem>.Builder problems)
    {
        CheckNames("source", members.Where(static member => !member.IsTargetOnly), static member => member.SourceName);
        CheckNames("target", members.Where(static member => !member.IsSourceOnly), static member => member.TargetName);

        MemberShape? cursor = null;
        foreach (MemberShape member in members.Where(static member => member.IsUpdatedAt))
        {
            if (cursor is not null)
            {
                problems.Add(new ShapeProblem(ProblemKind.InvalidCursor, member.Location, type.Name, member.Name, $"is a second one beside '{cursor.Name}': keep one"));
            }
            else if (!ColumnTypeResolution.CanBeCursor(member.Type) || member.Storage is not { IsPlain: true, Enum: null } || member.TargetStorage is not null)
            {
                problems.Add(new ShapeProblem(ProblemKind.InvalidCursor, member.Location, type.Name, member.Name, "has a type that no cursor can follow: use DateTimeOffset, DateTime, long or int"));
            }

            cursor ??= member;
        }

        void CheckNames(string side, IEnumerable<MemberShape> there, Func<MemberShape, string> name)
        {
            // Ignoring case, as most engines do.
            Dictionary<string, MemberShape> seen = new(StringComparer.OrdinalIgnoreCase);
            foreach (MemberShape member in there)
            {
                if (seen.TryGetValue(name(member), out MemberShape? other))
                {
                    problems.Add(new ShapeProblem(ProblemKind.DuplicateColumn, member.Location, type.Name, member.Name, $"'{name(member)}' on the {side}, as '{other.Name}' does"));
                }
                else
                {
                    seen.Add(name(member), member);
                }
            }
        }
    }
}

using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>
/// Finds which mapped columns a parameter meets: is compared with, is set into or inserted into. What stands within a larger
/// expression (<c>total + @amount</c>) meets none.
/// </summary>
internal static class MethodMeetings
{
    /// <summary>Every place of every parameter, in the order of the text.</summary>
    public static ImmutableArray<MethodMeeting> Find(MethodText text, MethodColumns columns)
    {
        ImmutableArray<MethodMeeting>.Builder meetings = ImmutableArray.CreateBuilder<MethodMeeting>();
        TokenCursor cursor = text.Cursor;
        Dictionary<(int First, int Last), MemberShape> given = MethodGivenValues.Find(text, columns);
        Dictionary<(int First, int Last), MemberShape> foreign = MethodGivenValues.FindKnown(text, columns);
        for (int index = 0; index < cursor.Count; index++)
        {
            if (cursor[index].Kind == SqlTokenKind.Parameter)
            {
                string name = cursor.Text(index).Slice(1).ToString();
                (int first, int last) = MethodOperands.Of(cursor, index, out MethodCast cast);
                MethodMeeting meeting = given.TryGetValue((first, last), out MemberShape? member)
                    ? new MethodMeeting(name, member, IsOrdered: false, IsApart: false)
                    : Meet(cursor, first, last, columns) with { Parameter = name };
                meetings.Add(meeting.Member is not null ? meeting with { Cast = cast } : meeting with
                {
                    Cast = cast,
                    Known = meeting.Known ?? (foreign.TryGetValue((first, last), out MemberShape? known) ? known : null),
                    BesideKnown = [.. MethodNeighbours.KnownOf(text, index, columns)],
                    IsNullTest = IsNullTest(cursor, first, last),
                    Beside =
                    [
                        .. MethodNeighbours.Of(text, index, columns),
                        .. given.Where(pair => pair.Key.First <= index && index <= pair.Key.Last && text.Cases[pair.Key.First] == text.Cases[index]).Select(static pair => pair.Value),
                    ],
                });
            }
        }

        return meetings.ToImmutable();
    }

    private static MethodMeeting Meet(TokenCursor cursor, int first, int last, MethodColumns columns)
    {
        bool isApart = cursor.IsWord(first - 1, "LIMIT", "OFFSET") || IsNullTest(cursor, first, last);
        MethodMeeting left = default;
        if (MethodOperands.Ends(cursor, last + 1))
        {
            left = Left(cursor, first, columns);
            if (left.Member is not null)
            {
                return left;
            }

            isApart |= left.IsApart;
        }

        // @p = column
        int behind = last + 1;
        bool isOrdered = false;
        while (IsComparison(cursor, behind))
        {
            isOrdered |= IsOrder(cursor, behind, last + 1);
            behind++;
        }

        if (behind == last + 1 || !MethodOperands.Begins(cursor, first - 1))
        {
            return left with { IsOrdered = false, IsApart = isApart };
        }

        MemberShape? member = columns.BeginningAt(cursor, behind, out int end, out bool isForeign);
        bool isWhole = MethodOperands.Ends(cursor, end);
        return new MethodMeeting("", isWhole ? member : null, isOrdered && isWhole && member is not null, isApart || (isForeign && isWhole))
        {
            IsForeign = isForeign && isWhole,
            Known = isWhole && member is null ? columns.KnownAt(cursor, end - 1) : null,
            Possible = isWhole && member is null ? columns.PossiblyAt(cursor, end - 1) : null,
        };
    }

    // @p IS NULL, @p ISNULL, ISNULL(@p)
    private static bool IsNullTest(TokenCursor cursor, int first, int last) =>
        cursor.IsWord(last + 1, "ISNULL", "NOTNULL")
        || (cursor.IsWord(last + 1, "NOT") && cursor.IsWord(last + 2, "NULL"))
        || (cursor.IsWord(last + 1, "IS") && (cursor.IsWord(last + 2, "NULL") || (cursor.IsWord(last + 2, "NOT") && cursor.IsWord(last + 3, "NULL"))))
        || (cursor.IsWord(first - 2, "ISNULL") && cursor.IsSymbol(first - 1, '(') && cursor.IsSymbol(last + 1, ')'));

    /// <summary>The column left of an operator that the operand is the right side of.</summary>
    private static MethodMeeting Left(TokenCursor cursor, int first, MethodColumns columns)
    {
        int end = first - 1;
        bool isOrdered = false;
        if (IsComparison(cursor, end))
        {
            int last = end;
            while (IsComparison(cursor, end))
            {
                end--;
            }

            for (int index = end + 1; index <= last; index++)
            {
                isOrdered |= IsOrder(cursor, index, end + 1);
            }
        }
        else if (cursor.IsWord(end, "FROM") && cursor.IsWord(end - 1, "DISTINCT"))
        {
            end -= cursor.IsWord(end - 2, "NOT") ? 4 : 3;
        }
        else if (cursor.IsWord(end, "IS") || (cursor.IsWord(end, "NOT") && cursor.IsWord(end - 1, "IS")))
        {
            end -= cursor.IsWord(end, "NOT") ? 2 : 1;
        }
        else if (cursor.IsWord(end, "LIKE", "ILIKE"))
        {
            end -= cursor.IsWord(end - 1, "NOT") ? 2 : 1;
        }
        else if (BetweenAt(cursor, end) is { } between)
        {
            end = between - (cursor.IsWord(between - 1, "NOT") ? 2 : 1);
            isOrdered = true;
        }
        else if (ListAt(cursor, end) is { } list)
        {
            end = list - (cursor.IsWord(list - 1, "NOT") ? 2 : 1);
        }
        else
        {
            return default;
        }

        MemberShape? member = columns.EndingAt(cursor, end, out int begin, out bool isForeign);
        bool isWhole = MethodOperands.Begins(cursor, begin - 1);
        return new MethodMeeting("", isWhole ? member : null, isOrdered && isWhole, isForeign && isWhole)
        {
            IsForeign = isForeign && isWhole,
            Known = isWhole && member is null ? columns.KnownAt(cursor, end) : null,
            Possible = isWhole && member is null ? columns.PossiblyAt(cursor, end) : null,
        };
    }

    /// <summary>The place of BETWEEN, seen from where its operand begins.</summary>
    private static int? BetweenAt(TokenCursor cursor, int end) =>
        cursor.IsWord(end, "BETWEEN") ? end
        : cursor.IsWord(end, "AND") && IsSingle(cursor, end - 1) && cursor.IsWord(end - 2, "BETWEEN") ? end - 2
        : null;

    /// <summary>The place of IN, seen from within its list of parameters and literals.</summary>
    private static int? ListAt(TokenCursor cursor, int end)
    {
        while (cursor.IsSymbol(end, ',') && IsSingle(cursor, end - 1))
        {
            end -= 2;
        }

        return cursor.IsSymbol(end, '(') && cursor.IsWord(end - 1, "IN") ? end - 1 : null;
    }

    private static bool IsSingle(TokenCursor cursor, int index) =>
        index >= 0 && index < cursor.Count && cursor[index].Kind is SqlTokenKind.Parameter or SqlTokenKind.Number or SqlTokenKind.Text;

    private static bool IsComparison(TokenCursor cursor, int index) =>
        cursor.IsSymbol(index, '=') || cursor.IsSymbol(index, '<') || cursor.IsSymbol(index, '>') || cursor.IsSymbol(index, '!');

    // Not the <> that only tells equal from unequal.
    private static bool IsOrder(TokenCursor cursor, int index, int first) =>
        (cursor.IsSymbol(index, '<') || cursor.IsSymbol(index, '>')) && !(cursor.IsSymbol(first, '<') && cursor.IsSymbol(first + 1, '>'));
}

using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>The conditions of every CASE: what stands in one chooses a value, and is no part of it.</summary>
internal sealed class MethodCases
{
    private readonly int[] _conditions;
    private readonly Dictionary<int, int> _ends = [];

    public MethodCases(TokenCursor cursor)
    {
        _conditions = new int[cursor.Count];
        Stack<(int Case, bool IsSimple, int Around)> open = new();
        int current = -1;
        for (int index = 0; index < cursor.Count; index++)
        {
            if (cursor.IsWord(index, "CASE"))
            {
                // CASE a WHEN b: the values are compared with each other, so together they are one condition.
                bool isSimple = !cursor.IsWord(index + 1, "WHEN");
                open.Push((index, isSimple, current));
                _conditions[index] = current;
                current = isSimple ? index : current;
                continue;
            }

            if (open.Count > 0 && cursor.IsWord(index, "WHEN", "THEN", "ELSE", "END"))
            {
                (int first, bool isSimple, int around) = open.Peek();
                if (cursor.IsWord(index, "THEN") && !isSimple)
                {
                    _ends[current] = index;
                }
                else if (cursor.IsWord(index, "END"))
                {
                    _ends[first] = index;
                    open.Pop();
                }

                _conditions[index] = around;
                current = !cursor.IsWord(index, "WHEN") ? around : isSimple ? first : index;
                continue;
            }

            _conditions[index] = current;
        }
    }

    /// <summary>The innermost condition that a token stands in: the place of its CASE or WHEN; -1: none.</summary>
    public int this[int index] => index >= 0 && index < _conditions.Length ? _conditions[index] : -1;

    /// <summary>Where a condition ends.</summary>
    public int EndOf(int condition) => _ends.TryGetValue(condition, out int end) ? end : _conditions.Length;
}

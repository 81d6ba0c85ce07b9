using System.Globalization;
using System.Text.Json;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>
/// Reads expressions: what the runtime's statements on the control tables are made of, and no more. What it does not know
/// is an error, so that a new statement cannot pass unnoticed.
/// </summary>
internal class ExpressionParser(List<string> words)
{
    private int _at;

    /// <summary>Whether an aggregate was read since it was last set to false.</summary>
    protected bool SawAggregate { get; set; }

    protected bool IsEnd => _at >= words.Count;

    protected bool Is(string word, int ahead = 0) => _at + ahead < words.Count && words[_at + ahead].Equals(word, StringComparison.OrdinalIgnoreCase);

    protected bool Take(string word)
    {
        bool found = Is(word);
        _at += found ? 1 : 0;
        return found;
    }

    protected bool Take(string first, string second)
    {
        bool found = Is(first) && Is(second, 1);
        _at += found ? 2 : 0;
        return found;
    }

    protected void Expect(string word)
    {
        if (!Take(word))
        {
            throw Unknown(word);
        }
    }

    protected void Back() => _at--;

    protected string Word() => _at < words.Count ? words[_at++] : throw Unknown("a word");

    protected List<T> List<T>(Func<T> read)
    {
        List<T> list = [read()];
        while (Take(","))
        {
            list.Add(read());
        }

        return list;
    }

    protected InvalidOperationException Unknown(string expected) =>
        new($"The simulated server does not know this statement: '{expected}' is expected before '{string.Join(' ', words.Skip(_at).Take(6))}' in: {string.Join(' ', words)}");

    /// <summary>A subquery; statements override it.</summary>
    protected virtual Func<Scope, List<object?[]>> Query() => throw Unknown("no subquery");

    public Expression Or()
    {
        Expression left = And();
        while (Take("OR"))
        {
            (Expression one, Expression two) = (left, And());
            left = scope => one(scope) is true || two(scope) is true;
        }

        return left;
    }

    private Expression And()
    {
        Expression left = Not();
        while (Take("AND"))
        {
            (Expression one, Expression two) = (left, Not());
            left = scope => one(scope) is true && two(scope) is true;
        }

        return left;
    }

    private Expression Not()
    {
        if (!Take("NOT"))
        {
            return Comparison();
        }

        Expression inner = Not();
        return scope => inner(scope) is false;
    }

    private Expression Comparison()
    {
        Expression left = Sum();
        if (Take("IS", "NULL"))
        {
            return scope => left(scope) is null;
        }

        if (Take("IS"))
        {
            Expect("NOT");
            Expect("NULL");
            return scope => left(scope) is not null;
        }

        bool isNegated = Is("NOT") && Is("IN", 1) && Take("NOT");
        if (Take("IN"))
        {
            Expect("(");
            Func<Scope, IEnumerable<object?>> values = Is("SELECT") ? Single(Query()) : Each(List(Or));
            Expect(")");
            return scope => left(scope) is { } value ? values(scope).Contains(value) != isNegated : null;
        }

        foreach ((string sign, Func<int, bool> holds) in s_comparisons)
        {
            if (Take(sign))
            {
                Expression right = Sum();
                return scope => (left(scope), right(scope)) is ({ } one, { } two) ? holds(Compare(one, two)) : null;
            }
        }

        return left;
    }

    private static readonly (string, Func<int, bool>)[] s_comparisons =
    [
        ("<=", order => order <= 0), (">=", order => order >= 0), ("<>", order => order != 0), ("!=", order => order != 0),
        ("=", order => order == 0), ("<", order => order < 0), (">", order => order > 0),
    ];

    public static int Compare(object left, object right) =>
        left is string text ? string.CompareOrdinal(text, (string)right) : ((long)left).CompareTo((long)right);

    private static Func<Scope, IEnumerable<object?>> Single(Func<Scope, List<object?[]>> query) => scope => query(scope).Select(row => row[0]);

    private static Func<Scope, IEnumerable<object?>> Each(List<Expression> values) => scope => values.Select(value => value(scope));

    private Expression Sum()
    {
        Expression left = Primary();
        while (Is("+") || Is("-") || Is("*"))
        {
            string sign = Word();
            (Expression one, Expression two) = (left, Primary());
            left = scope => (one(scope), two(scope)) is (long x, long y) ? (object)(sign == "+" ? x + y : sign == "-" ? x - y : x * y) : null;
        }

        return left;
    }

    private Expression Primary()
    {
        string word = Word();
        if (word == "(")
        {
            if (Is("SELECT"))
            {
                Func<Scope, List<object?[]>> query = Query();
                Expect(")");
                return scope => query(scope) is [var row, ..] ? row[0] : null;
            }

            Expression inner = Or();
            Expect(")");
            return inner;
        }

        if (word[0] == '@')
        {
            string name = word[1..];
            return scope => scope.Arguments.TryGetValue(name, out object? value) ? value : throw new InvalidOperationException($"There is no argument {name}.");
        }

        if (word[0] == '\'')
        {
            string text = word[1..];
            return _ => text;
        }

        if (word == "-" || char.IsDigit(word[0]))
        {
            long number = long.Parse(word == "-" ? "-" + Word() : word, CultureInfo.InvariantCulture);
            return _ => number;
        }

        return word.ToUpperInvariant() switch
        {
            "NULL" => _ => null,
            "TRUE" => _ => true,
            "CASE" => Case(),
            "EXISTS" => Exists(),
            _ when Take("(") => Call(word.ToUpperInvariant()),
            _ when Take(".") => Column($"{word}.{Word()}"),
            _ => Column(word),
        };
    }

    private static Expression Column(string name) => scope => scope.Find(name);

    private Expression Exists()
    {
        Expect("(");
        Func<Scope, List<object?[]>> query = Query();
        Expect(")");
        return scope => query(scope).Count > 0;
    }

    private Expression Case()
    {
        List<(Expression When, Expression Then)> cases = [];
        while (Take("WHEN"))
        {
            Expression when = Or();
            Expect("THEN");
            cases.Add((when, Or()));
        }

        Expression otherwise = Take("ELSE") ? Or() : _ => null;
        Expect("END");
        return scope =>
        {
            foreach ((Expression when, Expression then) in cases)
            {
                if (when(scope) is true)
                {
                    return then(scope);
                }
            }

            return otherwise(scope);
        };
    }

    private Expression Call(string name)
    {
        if (name == "COUNT" && Take("*"))
        {
            Expect(")");
            SawAggregate = true;
            return scope => (long)scope.Group!.Count;
        }

        List<Expression> arguments = Is(")") ? [] : List(Or);
        Expect(")");
        SawAggregate |= name is "COUNT" or "SUM" or "MAX" or "MIN";
        return name switch
        {
            "NOW" => scope => scope.Now,
            "COALESCE" => scope => arguments.Select(argument => argument(scope)).FirstOrDefault(value => value is not null),
            "COUNT" => scope => (long)Values(scope, arguments[0]).Count,
            "SUM" => scope => Values(scope, arguments[0]) is { Count: > 0 } values ? values.Sum(value => (long)value) : null,
            "MAX" => scope => Values(scope, arguments[0]) is { Count: > 0 } values ? values.Max(value => (long)value) : null,
            "MIN" => scope => Values(scope, arguments[0]) is { Count: > 0 } values ? values.Min(value => (long)value) : null,
            _ => throw Unknown($"not the function {name}"),
        };
    }

    private static List<object> Values(Scope scope, Expression argument)
    {
        List<object> values = [];
        List<object?[]> group = scope.Group!;
        foreach (object?[] row in group)
        {
            Scope each = scope.Inner();
            (each.Columns, each.Row) = (scope.Columns, row);
            if (argument(each) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>The values of a JSON array.</summary>
    protected static List<object?[]> Elements(object? json)
    {
        using JsonDocument document = JsonDocument.Parse((string)json!);
        return [.. document.RootElement.EnumerateArray().Select(element => new[] { element.ValueKind == JsonValueKind.Number ? (object?)element.GetInt64() : element.GetString() })];
    }
}

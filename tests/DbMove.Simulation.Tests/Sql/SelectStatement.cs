using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>SELECT over one table, a list of values, or nothing.</summary>
internal sealed class SelectStatement : Statement
{
    /// <summary>What is selected; null stands for every column of the source.</summary>
    public required List<Expression?> Items { get; init; }

    public required bool IsAggregate { get; init; }

    /// <summary>A control table; null: <see cref="Values"/>, or nothing.</summary>
    public string? Table { get; init; }

    /// <summary>The table's other name.</summary>
    public string? Alias { get; init; }

    /// <summary>A second table, whose row is joined where there is one.</summary>
    public (string Table, string Alias, Expression On)? LeftJoin { get; init; }

    /// <summary>A list of values in place of a table, with one column.</summary>
    public Func<Scope, List<object?[]>>? Values { get; init; }

    public Expression? Where { get; init; }

    public List<Expression> GroupBy { get; init; } = [];

    public List<(Expression By, bool IsDescending)> OrderBy { get; init; } = [];

    public Expression? Limit { get; init; }

    public bool ForUpdate { get; init; }

    public bool SkipLocked { get; init; }

    public override bool TryRun(Operation operation, MemoryServer server, Scope scope, StatementResult result)
    {
        if (Table is null)
        {
            result.Rows = Project(scope, Values is null ? [[]] : Values(scope), s_value);
            return true;
        }

        Table table = Find(server, Table);
        long limit = Limit is null ? long.MaxValue : (long)Limit(scope)!;
        if (LeftJoin is { } join)
        {
            (List<object?[]> joined, Dictionary<string, int> columns) = Combine(table, Find(server, join.Table), join.Alias, join.On, scope);
            result.Rows = Project(scope, [.. Sort(joined, columns, scope, static row => row).Take((int)Math.Min(limit, int.MaxValue))], columns);
            return true;
        }

        List<Slot> slots = Sort(Matching(table, scope, Where), table.Columns, scope, slot => RowOf(slot, scope.Transaction));
        if (ForUpdate)
        {
            List<Slot> held = [];
            foreach (Slot slot in slots.TakeWhile(_ => held.Count < limit))
            {
                if (MemoryServer.TryHold(operation, scope.Transaction, slot))
                {
                    held.Add(slot);
                }
                else if (!SkipLocked)
                {
                    return false;
                }

                operation.Blockers.Clear();
            }

            slots = held;
        }

        result.Rows = Project(scope, [.. slots.Take((int)Math.Min(limit, int.MaxValue)).Select(slot => RowOf(slot, scope.Transaction))], table.Columns);
        return true;
    }

    /// <summary>As a subquery: it locks nothing.</summary>
    public List<object?[]> Read(Scope scope)
    {
        StatementResult result = new();
        TryRun(null!, scope.Transaction.Server, scope.Inner(), result);
        return result.Rows;
    }

    private static readonly Dictionary<string, int> s_value = new(StringComparer.OrdinalIgnoreCase) { ["value"] = 0 };

    private (List<object?[]> Rows, Dictionary<string, int> Columns) Combine(Table left, Table right, string rightAlias, Expression on, Scope scope)
    {
        Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, int place) in left.Columns)
        {
            columns.Add($"{Alias}.{name}", place);
        }

        foreach ((string name, int place) in right.Columns)
        {
            columns.Add($"{rightAlias}.{name}", left.Columns.Count + place);
        }

        Scope each = scope.Inner();
        each.Columns = columns;
        bool Holds(Expression? condition, object?[] row)
        {
            each.Row = row;
            return condition is null || condition(each) is true;
        }

        List<object?[]> rows = [];
        foreach (object?[] one in left.VisibleTo(scope.Transaction).Select(slot => RowOf(slot, scope.Transaction)))
        {
            object?[][] both = [.. right.VisibleTo(scope.Transaction).Select(slot => (object?[])[.. one, .. RowOf(slot, scope.Transaction)]).Where(row => Holds(on, row))];
            rows.AddRange((both.Length > 0 ? both : [[.. one, .. new object?[right.Columns.Count]]]).Where(row => Holds(Where, row)));
        }

        return (rows, columns);
    }

    private List<T> Sort<T>(List<T> rows, Dictionary<string, int> columns, Scope scope, Func<T, object?[]> read)
    {
        if (OrderBy.Count == 0)
        {
            return rows;
        }

        Scope each = scope.Inner();
        each.Columns = columns;
        object? ValueOf(T row, Expression by)
        {
            each.Row = read(row);
            return by(each);
        }

        IEnumerable<T> sorted = rows;
        foreach ((Expression by, bool isDescending) in Enumerable.Reverse(OrderBy))
        {
            Comparer<object?> order = Comparer<object?>.Create(static (left, right) =>
                left is null ? (right is null ? 0 : 1) : right is null ? -1 : ExpressionParser.Compare(left, right));
            sorted = isDescending ? sorted.OrderByDescending(row => ValueOf(row, by), order) : sorted.OrderBy(row => ValueOf(row, by), order);
        }

        return [.. sorted];
    }

    private List<object?[]> Project(Scope scope, List<object?[]> rows, Dictionary<string, int> columns)
    {
        Scope each = scope.Inner();
        each.Columns = columns;
        if (!IsAggregate && GroupBy.Count == 0)
        {
            return [.. rows.Select(row =>
            {
                each.Row = row;
                return Items.SelectMany(item => item is null ? row : [item(each)]).ToArray();
            })];
        }

        IEnumerable<List<object?[]>> groups = GroupBy.Count == 0
            ? [rows]
            : rows.GroupBy(row =>
            {
                each.Row = row;
                return string.Join('\u0001', GroupBy.Select(by => by(each)));
            }).Select(group => group.ToList());
        List<object?[]> results = [];
        foreach (List<object?[]> group in groups)
        {
            (each.Row, each.Group) = (null, group);
            results.Add([.. Items.Select(item => item!(each))]);
        }

        return results;
    }
}

using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>What an expression is evaluated in: arguments, the clock, a row, the rows of a group, and the statement around.</summary>
internal sealed class Scope
{
    public required Transaction Transaction { get; init; }

    public required IReadOnlyDictionary<string, object?> Arguments { get; init; }

    /// <summary>The server's clock, milliseconds.</summary>
    public required long Now { get; init; }

    public Scope? Outer { get; init; }

    public Dictionary<string, int>? Columns { get; set; }

    public object?[]? Row { get; set; }

    /// <summary>The rows that an aggregate speaks of.</summary>
    public List<object?[]>? Group { get; set; }

    public Scope Inner() => new() { Transaction = Transaction, Arguments = Arguments, Now = Now, Outer = this };

    public object? Find(string column) =>
        Columns is not null && Columns.TryGetValue(column, out int place)
            ? (Row ?? Group?.FirstOrDefault())?[place]
            : column.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot && Columns?.ContainsKey(column[(dot + 1)..]) is true ? Find(column[(dot + 1)..])
            : Outer is not null ? Outer.Find(column) : throw new InvalidOperationException($"There is no column {column} here.");
}

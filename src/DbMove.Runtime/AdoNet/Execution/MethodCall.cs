using DbMove.Mapping;

namespace DbMove.AdoNet.Execution;

/// <summary>One call of a repository's <see cref="SqlAttribute"/> method.</summary>
/// <param name="Statement">The method's statement.</param>
/// <param name="Arguments">The values of its parameters.</param>
/// <param name="Entity">The repository's entity.</param>
internal sealed record MethodCall(SqlStatement Statement, SqlArguments Arguments, EntityBinding Entity)
{
    /// <summary>Whether the method gives entities, which a write is made to return.</summary>
    public bool GivesEntities { get; init; }

    /// <summary>How many rows the method can give; more are an error.</summary>
    public int Maximum { get; init; } = int.MaxValue;

    /// <summary>What the caller is told when there are more.</summary>
    public InvalidOperationException TooMany() =>
        new($"{Statement.Method} gives one row, and its statement gave more. Narrow the statement down to one row, or let the method give a list.");
}

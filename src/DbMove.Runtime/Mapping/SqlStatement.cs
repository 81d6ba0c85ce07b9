using System.Collections.Immutable;
using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>The statement of a <see cref="SqlAttribute"/> method: constant texts, and what of them meets the entity's columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SqlStatement
{
    /// <summary>Describes a statement.</summary>
    /// <param name="method">The method's name, for messages.</param>
    /// <param name="source">The text on the source.</param>
    /// <param name="target">The text on the target; null: the same.</param>
    /// <param name="commandTimeout">How long it may run, in seconds; 0: without limit.</param>
    /// <param name="parameters">Its parameters, in the order in which their values are given.</param>
    /// <param name="columns">The columns that a record is made of; empty: the result is an entity, one value or a count.</param>
    public SqlStatement(
        string method, string source, string? target, int commandTimeout, ImmutableArray<SqlParameterSlot> parameters, ImmutableArray<SqlResultColumn> columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(commandTimeout);
        (Method, Source, Target, CommandTimeout, Parameters, Columns) = (method, source, target ?? source, commandTimeout, parameters, columns);
    }

    internal string Method { get; }

    internal string Source { get; }

    internal string Target { get; }

    internal int CommandTimeout { get; }

    internal ImmutableArray<SqlParameterSlot> Parameters { get; }

    internal ImmutableArray<SqlResultColumn> Columns { get; }

    internal string TextOn(Side side) => side == Side.Source ? Source : Target;
}

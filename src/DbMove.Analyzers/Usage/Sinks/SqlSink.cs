using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage.Sinks;

/// <summary>A place where SQL is given to something that runs it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Runners">What may run it: the command, connection or data source, as far as it is seen.</param>
internal sealed record SqlSink(IOperation Text, ImmutableArray<IOperation> Runners)
{
    /// <summary>Whether it is added to a text that is there.</summary>
    public bool IsPart { get; init; }
}

using DbMove.Mapping;
using DbMove.Sql;

namespace DbMove.AdoNet.Execution;

/// <summary>How one statement is run on one side.</summary>
internal sealed record StatementPlan(PlanKind Kind, RecognizedStatement Statement)
{
    /// <summary>The text that also returns the keys of the rows it changes, before the caller's own columns.</summary>
    public string KeyedText { get; init; } = string.Empty;

    /// <summary>The entity whose rows it changes.</summary>
    public EntityBinding? Entity { get; init; }

    /// <summary>Whether it calls a function of which nobody knows that it only reads, so that the server must hold it to that.</summary>
    public bool MustNotWrite { get; init; }

    /// <summary>The entities of which any row may change.</summary>
    public IReadOnlyList<EntityBinding> Dirty { get; init; } = [];

    /// <summary>Why it is refused.</summary>
    public StatementRefusal Refusal { get; init; }

    /// <summary>Why, in words: that of a refusal, or of a dirty mark.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Whether it may run once the migration is completed, when there is no follower any more.</summary>
    public bool MayRunWhenCompleted { get; init; }
}

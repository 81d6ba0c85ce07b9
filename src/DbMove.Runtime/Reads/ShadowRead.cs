using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Reads;

/// <summary>What one read gave for its sampled keys, to be compared with the other side.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Stage">The stage in which it was read.</param>
/// <param name="Other">The side that it is repeated on.</param>
internal abstract record ShadowRead(EntityBinding Entity, StageSnapshot Stage, Side Other)
{
    /// <summary>How many keys there are.</summary>
    public abstract int Count { get; }

    /// <summary>Reads the keys on the other side and returns those whose rows are not what the reader was given.</summary>
    public abstract Task<List<string>> FindDifferingAsync(SideSession other, CancellationToken cancellationToken);
}

using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Backfill;

/// <summary>What the backfill does that needs the entity's types.</summary>
internal abstract class EntityBackfill(EntityBinding binding)
{
    public EntityBinding Binding { get; } = binding;

    /// <summary>About how many rows the source has.</summary>
    public abstract Task<long> EstimateAsync(SideSession source, CancellationToken cancellationToken);

    /// <summary>
    /// Cuts the keys up to the greatest one there is now into ranges of about equally many rows. Later keys are the dual
    /// writes' business, so the backfill never chases new rows. Empty: the table is.
    /// </summary>
    public abstract Task<List<(string? After, string? UpTo)>> PlanAsync(SideSession source, int parts, long estimate, CancellationToken cancellationToken);

    /// <summary>Reads the next rows of a range in key order, without locks.</summary>
    public abstract Task<BackfillPage> ReadAsync(SideSession source, string? after, string? upTo, int limit, CancellationToken cancellationToken);
}

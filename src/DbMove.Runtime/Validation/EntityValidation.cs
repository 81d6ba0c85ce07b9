using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Validation;

/// <summary>What validation does that needs the entity's types.</summary>
internal abstract class EntityValidation(EntityBinding binding)
{
    public EntityBinding Binding { get; } = binding;

    /// <summary>Whether both sides digest ranges by the same rules.</summary>
    public abstract bool CanDigest { get; }

    /// <summary>The key that ends the next range of so many rows; null: what is left is the last range, which is open.</summary>
    public abstract Task<string?> FindBoundaryAsync(SideSession authority, string? after, int rows, CancellationToken cancellationToken);

    /// <summary>The number of rows of a range when both sides have the same digest; null when they differ.</summary>
    public abstract Task<long?> DigestAsync(SideSession authority, SideSession follower, string? after, string? upTo, CancellationToken cancellationToken);

    /// <summary>Compares a range in one pass over both sides in key order, until its end or a limit.</summary>
    public abstract Task<MergeStep> MergeAsync(SideSession authority, SideSession follower, string? after, string? upTo, MergeLimits limits, CancellationToken cancellationToken);

    /// <summary>Reads keys on both sides without locks and returns those that still differ.</summary>
    public abstract Task<List<string>> FindDifferingAsync(SideSession authority, SideSession follower, IReadOnlyList<string> keys, CancellationToken cancellationToken);
}

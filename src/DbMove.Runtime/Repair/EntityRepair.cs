using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Repair;

/// <summary>
/// The keys of one entity in one repair: what the authority holds, what the follower holds, and what is to be done. The
/// order of the calls is the protocol's (DESIGN §3.4) and is <see cref="RepairTransaction"/>'s business.
/// </summary>
internal abstract class EntityRepair(EntityBinding binding)
{
    public EntityBinding Binding { get; } = binding;

    /// <summary>The keys' texts.</summary>
    public abstract IEnumerable<string> Keys { get; }

    /// <summary>The keys' canonical texts, from which the key locks are made: the same that every writer makes them from.</summary>
    public abstract IEnumerable<string> LockTexts { get; }

    /// <summary>Adds a key.</summary>
    /// <exception cref="FormatException">The text is no key of this entity.</exception>
    public abstract void Add(string key);

    /// <summary>Locks and reads what is present on the authority.</summary>
    public abstract Task LoadAuthorityAsync(SideSession authority, CancellationToken cancellationToken);

    /// <summary>Locks and reads the follower's rows. The key locks are held already.</summary>
    public abstract Task LoadFollowerAsync(SideSession follower, CancellationToken cancellationToken);

    /// <summary>Reads the absent keys again on the authority, now that the follower's key locks are held.</summary>
    public abstract Task RecheckAbsentAsync(SideSession authority, CancellationToken cancellationToken);

    /// <summary>Every key's verdict, compared under the locks.</summary>
    public abstract IReadOnlyList<KeyFinding> Judge();

    /// <summary>Sets aside the unique values of rows that stand in the way of images. False: the types allow no such value.</summary>
    public abstract Task<bool> TryParkAsync(SideSession follower, CancellationToken cancellationToken);

    /// <summary>Deletes on the follower what is still absent on the authority.</summary>
    public abstract Task ApplyDeletesAsync(SideSession follower, CancellationToken cancellationToken);

    /// <summary>Writes the images that are missing or different on the follower.</summary>
    public abstract Task ApplyUpsertsAsync(SideSession follower, CancellationToken cancellationToken);

    /// <summary>
    /// Reads again what was written, under the same locks, and judges it: a column may have rounded, cut or rewritten what it
    /// took without an error. Nothing is read where nothing was written.
    /// </summary>
    /// <returns>The keys that are not what was written.</returns>
    public abstract Task<IReadOnlyList<KeyFinding>> FindUnheldAsync(SideSession follower, CancellationToken cancellationToken);

    /// <summary>Keys on the follower, beyond those of this repair, whose rows hold unique values of the images.</summary>
    public abstract Task<IReadOnlyList<string>> FindHoldersAsync(SideSession authority, SideSession follower, CancellationToken cancellationToken);
}

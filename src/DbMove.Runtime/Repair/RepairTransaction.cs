using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Repair;

/// <summary>
/// The steps of a repair inside two open transactions (DESIGN §3.4): intents are read before the authority is; what is
/// present is locked there first; the follower is compared under its locks; what is absent is read again before it is
/// deleted. It commits nothing: a repair commits the authority first, a switch has an order of its own.
/// </summary>
internal sealed class RepairTransaction
{
    private readonly MigrationContext _context;
    private readonly SideSession _authority;
    private readonly SideSession _follower;
    private readonly List<EntityRepair> _entities = [];

    public RepairTransaction(MigrationContext context, SideSession authority, SideSession follower, RepairKeys keys)
    {
        (_context, _authority, _follower) = (context, authority, follower);
        foreach ((EntityBinding entity, HashSet<string> texts) in keys.ByEntity)
        {
            EntityRepair repair = entity.CreateRepair();
            foreach (string text in texts)
            {
                repair.Add(text);
            }

            _entities.Add(repair);
        }
    }

    /// <summary>The intents that were open before the authority was read, by entity and key: exactly these may be cleared.</summary>
    public Dictionary<(string Entity, string Key), List<long>> Intents { get; } = [];

    /// <summary>The verdicts, by entity.</summary>
    public Dictionary<EntityBinding, IReadOnlyList<KeyFinding>> Findings { get; } = [];

    /// <summary>
    /// The keys that were written and are not what was written, by entity: their columns do not hold the authority's values. They
    /// are as near as they come, and are not repaired.
    /// </summary>
    public Dictionary<EntityBinding, IReadOnlyList<KeyFinding>> Unheld { get; } = [];

    /// <summary>Reads and judges every key.</summary>
    public async Task ExamineAsync(CancellationToken cancellationToken)
    {
        await ReadIntentsAsync(Intents, cancellationToken).ConfigureAwait(false);
        foreach (EntityRepair entity in _entities)
        {
            await entity.LoadAuthorityAsync(_authority, cancellationToken).ConfigureAwait(false);
        }

        await _context.Probes.ReachAsync(ProbePoint.RepairAuthorityRead, cancellationToken).ConfigureAwait(false);

        await _follower.LockKeysAsync(
            KeyStripe.Sorted(_entities.SelectMany(entity => entity.LockTexts.Select(key => (entity.Binding.Name, key)))), cancellationToken).ConfigureAwait(false);
        foreach (EntityRepair entity in _entities)
        {
            await entity.LoadFollowerAsync(_follower, cancellationToken).ConfigureAwait(false);
        }

        foreach (EntityRepair entity in _entities)
        {
            await entity.RecheckAbsentAsync(_authority, cancellationToken).ConfigureAwait(false);
            Findings[entity.Binding] = entity.Judge();
        }
    }

    /// <summary>
    /// Marks as pending every difference that an intent stands for. Read after the locks were taken: the intent of any
    /// version of the row that was read is committed by then, and cannot be cleared while the key locks are held.
    /// </summary>
    public async Task MarkPendingAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string Entity, string Key), List<long>> open = [];
        await ReadIntentsAsync(open, cancellationToken).ConfigureAwait(false);
        foreach ((EntityBinding entity, IReadOnlyList<KeyFinding> findings) in Findings.ToArray())
        {
            Findings[entity] =
            [
                .. findings.Select(finding => finding.Verdict is not (KeyVerdict.Equal or KeyVerdict.Overlooked) && open.ContainsKey((entity.Name, finding.Key))
                    ? finding with { Verdict = KeyVerdict.Pending }
                    : finding),
            ];
        }
    }

    /// <summary>Writes on the follower: deletes children first, then upserts parents first.</summary>
    /// <param name="park">Whether rows that hold unique values of others are set aside first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False: the unique values could not be set aside.</returns>
    public async Task<bool> ApplyAsync(bool park, CancellationToken cancellationToken)
    {
        foreach (EntityRepair entity in _entities.AsEnumerable().Reverse())
        {
            await entity.ApplyDeletesAsync(_follower, cancellationToken).ConfigureAwait(false);
        }

        foreach (EntityRepair entity in _entities)
        {
            if (park && !await entity.TryParkAsync(_follower, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            await entity.ApplyUpsertsAsync(_follower, cancellationToken).ConfigureAwait(false);
        }

        foreach (EntityRepair entity in _entities)
        {
            if (await entity.FindUnheldAsync(_follower, cancellationToken).ConfigureAwait(false) is { Count: > 0 } unheld)
            {
                Unheld[entity.Binding] = unheld;
            }
        }

        return true;
    }

    /// <summary>Whether a key was written and is not what was written.</summary>
    public bool IsUnheld(EntityBinding entity, string key) => Unheld.TryGetValue(entity, out IReadOnlyList<KeyFinding>? unheld) && unheld.Any(finding => finding.Key == key);

    /// <summary>Why a key that was written is not repaired. Values may be anybody's, so it names columns.</summary>
    public string Why(KeyFinding unheld) => unheld.Verdict == KeyVerdict.MissingOnFollower
        ? $"the {_follower.Database.Side.ToWireName()} took the row and does not have it; look for triggers and rules there"
        : $"{string.Join(", ", unheld.Columns)}: the {_follower.Database.Side.ToWireName()}'s column took the value and holds another one, it rounds, cuts or rewrites it; change the column's type there, or correct the value";

    /// <summary>The keys of rows on the follower that hold unique values of the images; they are not in this repair yet.</summary>
    public async Task<RepairKeys> FindHoldersAsync(CancellationToken cancellationToken)
    {
        RepairKeys holders = new();
        foreach (EntityRepair entity in _entities)
        {
            foreach (string key in await entity.FindHoldersAsync(_authority, _follower, cancellationToken).ConfigureAwait(false))
            {
                holders.Add(entity.Binding, key);
            }
        }

        return holders;
    }

    private async Task ReadIntentsAsync(Dictionary<(string Entity, string Key), List<long>> intents, CancellationToken cancellationToken)
    {
        IntentStore store = _context.Intents[(int)_authority.Database.Side];
        foreach (EntityRepair entity in _entities)
        {
            foreach ((long id, string key) in await store.ReadOpenAsync(_authority, entity.Binding.Name, entity.Keys, cancellationToken).ConfigureAwait(false))
            {
                if (!intents.TryGetValue((entity.Binding.Name, key), out List<long>? ids))
                {
                    intents.Add((entity.Binding.Name, key), ids = []);
                }

                ids.Add(id);
            }
        }
    }
}

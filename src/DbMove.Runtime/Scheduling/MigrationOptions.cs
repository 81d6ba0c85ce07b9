namespace DbMove;

/// <summary>How a migration behaves. Checked at start; a value out of range is an error that names it.</summary>
public sealed class MigrationOptions
{
    /// <summary>Prefix of the control tables' names on both sides. Default <c>dbmove_</c>. Lower-case letters, digits and underscores.</summary>
    public string ControlTablePrefix { get; set; } = "dbmove_";

    /// <summary>What a failing follower does to a write. Default: <see cref="FollowerFailure.KeepIntent"/>.</summary>
    public FollowerFailure FollowerFailure { get; set; } = FollowerFailure.KeepIntent;

    /// <summary>When a write counts as done. Default: <see cref="Acknowledge.AfterFollower"/>.</summary>
    public Acknowledge Acknowledge { get; set; } = Acknowledge.AfterFollower;

    /// <summary>Whether reads go on when the stage could not be refreshed for <see cref="PollInterval"/>. Default: <see cref="StaleReads.Refuse"/>.</summary>
    public StaleReads StaleReads { get; set; } = StaleReads.Refuse;

    /// <summary>How old the known stage may be before it is read again. Default 2 s; 50 ms to 1 min. The same in every instance: the gate goes by it.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a write may spend on the follower before it goes on without it. Default 5 s; 10 ms to 1 min.</summary>
    public TimeSpan FollowerTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a write waits for the fence or a lock. Default 10 s; longer than <see cref="PauseBudget"/>, up to 10 min.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a switch of the authority may make writes wait before it gives up. Default 2 s; 50 ms to 1 min.</summary>
    public TimeSpan PauseBudget { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether the server must keep what it acknowledged: no <c>fsync = off</c>. Default true. Danger: with false, a crash of
    /// the server's machine can lose acknowledged writes, and DbMove's promises end there.
    /// </summary>
    public bool RequireDurableServers { get; set; } = true;

    /// <summary>Whether the migration's background work (clearing, repair, events, verification) runs in this process. Default true. With false it still gives signs of life, and the gate waits for it.</summary>
    public bool RunBackgroundWork { get; set; } = true;

    /// <summary>
    /// Source columns that stay behind on purpose, as <c>table.column</c> or <c>schema.table.column</c>, whatever the case.
    /// Default: none, so a source column that no member maps stops the start. Danger: what stands in them is not on the
    /// target, and is lost for a row that is deleted and written again.
    /// </summary>
    public ISet<string> UnmappedSourceColumns { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>When a follower counts as away, so that writes stop asking it.</summary>
    public BreakerOptions Breaker { get; } = new();

    /// <summary>How often a write is tried again after a failure that passes.</summary>
    public RetryOptions Retry { get; } = new();

    /// <summary>How intents and reported keys are repaired.</summary>
    public RepairOptions Repair { get; } = new();

    /// <summary>How the rows that existed before are copied.</summary>
    public BackfillOptions Backfill { get; } = new();

    /// <summary>How both sides are compared.</summary>
    public ValidationOptions Validation { get; } = new();

    /// <summary>How confirmed inconsistencies reach the fixer.</summary>
    public EventOptions Events { get; } = new();

    /// <summary>Which reads by key the other side takes part in. Default: none.</summary>
    public ReadOptions Reads { get; } = new();

    /// <summary>What a promotion needs.</summary>
    public GateOptions Gate { get; } = new();

    /// <summary>How the data source for a caller's own SQL behaves; see <see cref="Migration.CreateDataSource"/>.</summary>
    public DualWriteDataSourceOptions AdoNet { get; } = new();

    /// <summary>How the instances of a service know of each other.</summary>
    public FleetOptions Fleet { get; } = new();

    /// <summary>Which stages the migration enters by itself. Default: none.</summary>
    public AutoPromotionOptions AutoPromotion { get; } = new();
}

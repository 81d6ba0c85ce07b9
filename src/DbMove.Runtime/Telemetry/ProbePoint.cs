namespace DbMove.Telemetry;

/// <summary>
/// The names of the points in the protocol at which a test may hold or end an engine. The crash matrix kills a process at
/// every one of <see cref="All"/>: a point that it has no case for fails a test.
/// </summary>
internal static class ProbePoint
{
    // A write (DESIGN §3.3), in every stage unless it says otherwise.

    /// <summary>A statement has run on the authority, with its intent in a dual stage; the transaction is open.</summary>
    public const string WriteExecuted = "write.executed";

    /// <summary>Everything is written on the authority, and the final images are read; the follower knows nothing yet.</summary>
    public const string WriteAuthorityWritten = "write.authority_written";

    /// <summary>Dual stages: the follower has the images, or has failed; the authority's commit comes next.</summary>
    public const string WriteFollowerApplied = "write.follower_applied";

    /// <summary>Between the two commits; in a single-sided stage behind the only one. The write has succeeded.</summary>
    public const string WriteAuthorityCommitted = "write.authority_committed";

    /// <summary>Dual stages, unless the follower has failed: its commit comes next, in the background where the authority's is acknowledged.</summary>
    public const string WriteFollowerCommitting = "write.follower_committing";

    /// <summary>Dual stages: both sides have committed; the intents are still open.</summary>
    public const string WriteFollowerCommitted = "write.follower_committed";

    /// <summary>Dual stages: the intents of writes that both sides have are deleted; not committed.</summary>
    public const string WriteIntentsClearing = "write.intents_clearing";

    /// <summary>Dual stages: the intents of writes that both sides have are gone.</summary>
    public const string WriteIntentsCleared = "write.intents_cleared";

    // A repair of keys (DESIGN §3.4).

    /// <summary>The rows are read and locked on the authority; the follower is not locked yet.</summary>
    public const string RepairAuthorityRead = "repair.authority_read";

    /// <summary>Every key is judged under the locks of both sides; nothing is written. Also where a difference is confirmed.</summary>
    public const string RepairExamined = "repair.examined";

    /// <summary>The follower is repaired and the keys are remembered on the authority; neither has committed.</summary>
    public const string RepairApplied = "repair.applied";

    /// <summary>Between the two commits: the authority's is done.</summary>
    public const string RepairAuthorityCommitted = "repair.authority_committed";

    /// <summary>Both sides have committed; the intents that stood for the keys are still open.</summary>
    public const string RepairFollowerCommitted = "repair.follower_committed";

    /// <summary>The intents that stood for the keys are cleared.</summary>
    public const string RepairSettled = "repair.settled";

    // The backfill (DESIGN §3.5).

    /// <summary>A range is claimed, and the claim is committed.</summary>
    public const string BackfillRangeClaimed = "backfill.range_claimed";

    /// <summary>A chunk of the range is read from the source.</summary>
    public const string BackfillRangeRead = "backfill.range_read";

    /// <summary>The transaction on the target has begun; its fence and the chunk come next.</summary>
    public const string BackfillBeforeWrite = "backfill.before_write";

    /// <summary>The chunk is written and the range's progress advanced under its claim; not committed.</summary>
    public const string BackfillBeforeCommit = "backfill.before_commit";

    /// <summary>Chunk and progress are committed.</summary>
    public const string BackfillCommitted = "backfill.committed";

    /// <summary>Rows that the target refused have intents on the source; the range has not passed them yet.</summary>
    public const string BackfillDeferred = "backfill.deferred";

    // Validation (DESIGN §3.6).

    /// <summary>A full pass is recorded as begun; nothing is compared yet.</summary>
    public const string ValidationBegun = "validation.begun";

    /// <summary>A page of both sides is read.</summary>
    public const string ValidationPageRead = "validation.page_read";

    /// <summary>Suspects have been left alone for a moment and are about to be read again.</summary>
    public const string ValidationSuspects = "validation.suspects";

    /// <summary>Differences are confirmed under the locks; no event tells of them yet.</summary>
    public const string ValidationConfirmed = "validation.confirmed";

    /// <summary>A full pass is judged; its outcome is not stored yet.</summary>
    public const string ValidationJudged = "validation.judged";

    // A switch (DESIGN §3.8).

    /// <summary>The gate was open; nothing is locked yet.</summary>
    public const string SwitchGated = "switch.gated";

    /// <summary>The authority moves: its fence is held exclusively, the follower's is not taken yet.</summary>
    public const string SwitchAuthorityFenced = "switch.authority_fenced";

    /// <summary>The fences are held exclusively; nothing is checked or written behind them yet.</summary>
    public const string SwitchFenced = "switch.fenced";

    /// <summary>The authority moves: no intent is open; the identities come next.</summary>
    public const string SwitchDrained = "switch.drained";

    /// <summary>The new epoch is written wherever this switch writes it; nothing of it is committed.</summary>
    public const string SwitchWritten = "switch.written";

    /// <summary>The authority moves: the new authority has committed the new epoch as <em>prepared</em>. Out of <c>initial</c>: the target has its row. The commit point is next.</summary>
    public const string SwitchPrepared = "switch.prepared";

    /// <summary>Behind the commit point. Where the authority moves, <em>prepared</em> is not cleared yet.</summary>
    public const string SwitchCommitted = "switch.committed";

    /// <summary>The authority moves: <em>prepared</em> is cleared.</summary>
    public const string SwitchCleared = "switch.cleared";

    /// <summary>A switch that died is finished or undone; not committed.</summary>
    public const string SwitchResolving = "switch.resolving";

    // Automatic promotion.

    /// <summary>The gate was open for long enough; obstacles are asked for once more.</summary>
    public const string PromotionDue = "promotion.due";

    // Events of inconsistencies, from the validator to the fixer.

    /// <summary>An event has its row on the target.</summary>
    public const string EventsStored = "events.stored";

    /// <summary>The relay has claimed rows; the broker knows nothing of them yet.</summary>
    public const string EventsClaimed = "events.claimed";

    /// <summary>The broker has answered; the rows do not say so yet.</summary>
    public const string EventsPublished = "events.published";

    /// <summary>What the broker should have is listed; it has not been asked yet.</summary>
    public const string EventsListed = "events.listed";

    /// <summary>The broker has said that it has nothing; what is listed is published again next.</summary>
    public const string EventsCounted = "events.counted";

    /// <summary>A message has led to its row, and the row is leased to this process.</summary>
    public const string EventsReceived = "events.received";

    /// <summary>Before the next part of an event with many keys, the lease has been prolonged.</summary>
    public const string EventsExtended = "events.extended";

    /// <summary>The keys of an event are repaired; its row is still there.</summary>
    public const string EventsRepaired = "events.repaired";

    /// <summary>The event's row is gone; its message is not acknowledged yet.</summary>
    public const string EventsCompleted = "events.completed";

    /// <summary>Every point there is.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        WriteExecuted, WriteAuthorityWritten, WriteFollowerApplied, WriteAuthorityCommitted, WriteFollowerCommitting, WriteFollowerCommitted, WriteIntentsClearing, WriteIntentsCleared,
        RepairAuthorityRead, RepairExamined, RepairApplied, RepairAuthorityCommitted, RepairFollowerCommitted, RepairSettled,
        BackfillRangeClaimed, BackfillRangeRead, BackfillBeforeWrite, BackfillBeforeCommit, BackfillCommitted, BackfillDeferred,
        ValidationBegun, ValidationPageRead, ValidationSuspects, ValidationConfirmed, ValidationJudged,
        SwitchGated, SwitchAuthorityFenced, SwitchFenced, SwitchDrained, SwitchWritten, SwitchPrepared, SwitchCommitted, SwitchCleared, SwitchResolving,
        PromotionDue,
        EventsStored, EventsClaimed, EventsPublished, EventsListed, EventsCounted, EventsReceived, EventsExtended, EventsRepaired, EventsCompleted,
    ];
}

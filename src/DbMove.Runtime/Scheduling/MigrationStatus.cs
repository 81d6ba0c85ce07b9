namespace DbMove;

/// <summary>Where a migration stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="Intents">Open intents on the authority; null before the control tables exist.</param>
/// <param name="Backfill">How far the backfill is.</param>
/// <param name="IsIncremental">Whether incremental validation is on: the keys of writes are kept and verified.</param>
/// <param name="Validation">The newest full pass of any process; null when there was none, or the target is away.</param>
/// <param name="Events">Events that are not dealt with; null before the control tables exist, or when their channel is away.</param>
/// <param name="NextGate">The gate of the next step forward; null when the migration is completed, or a side is away.</param>
public sealed record MigrationStatus(
    string Name, Stage Stage, long Epoch, IntentSummary? Intents, BackfillProgress Backfill, bool IsIncremental, ValidationPass? Validation,
    EventSummary? Events, GateReport? NextGate)
{
    /// <summary>The auto-promotion out of this stage, as this process counts; null: nobody asked for it.</summary>
    public AutoPromotionStatus? AutoPromotion { get; init; }

    /// <summary>The instances that run this migration, those too that died within the last hour; empty in the stages without a fence.</summary>
    public IReadOnlyList<MigrationInstance> Instances { get; init; } = [];

    /// <summary>Where the reads of this process go; null only in a status that a caller made himself.</summary>
    public ReadStatus? Reads { get; init; }
}

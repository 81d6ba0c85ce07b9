namespace DbMove;

/// <summary>
/// Which stages a migration enters by itself, once the gate has been open for a set time. Default: none; a person promotes.
/// </summary>
/// <remarks>
/// Every process that runs the migration's background work counts for itself; whichever is first switches, once for all. The
/// time begins anew whenever a look at the gate fails, finds it closed, or finds anything that a person should see first. A
/// step that was taken back is for a person: auto-promotion does not take it again until someone has promoted over it by hand.
/// </remarks>
public sealed class AutoPromotionOptions
{
    private readonly Dictionary<Stage, TimeSpan> _steps = [];

    /// <summary>
    /// How often the gate is looked at, which includes the schema check on both sides. Default 10 s; 50 ms to 10 min. A gap of
    /// more than three intervals between two looks begins the time anew.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    internal IReadOnlyDictionary<Stage, TimeSpan> Steps => _steps;

    internal bool MayComplete { get; private set; }

    /// <summary>Promotes to a stage from the one before it.</summary>
    /// <param name="stage"><see cref="Stage.SourceOnly"/> to <see cref="Stage.TargetOnly"/>; for the last one see <see cref="ToCompletedWithoutWayBack"/>.</param>
    /// <param name="openFor">For how long every look must have found the gate open; <see cref="Interval"/> to 365 days. The last call for a stage counts.</param>
    /// <returns>The same options.</returns>
    public AutoPromotionOptions To(Stage stage, TimeSpan openFor)
    {
        _steps[stage] = openFor;
        return this;
    }

    /// <summary>
    /// Promotes from <see cref="Stage.TargetOnly"/> to <see cref="Stage.Completed"/>. Danger: that is final. Nothing but time and the
    /// schema check stands in this gate, so <paramref name="openFor"/> is all the time in which a person can still go back.
    /// </summary>
    /// <param name="openFor">For how long every look must have found the gate open; <see cref="Interval"/> to 365 days.</param>
    /// <returns>The same options.</returns>
    public AutoPromotionOptions ToCompletedWithoutWayBack(TimeSpan openFor)
    {
        MayComplete = true;
        return To(Stage.Completed, openFor);
    }
}

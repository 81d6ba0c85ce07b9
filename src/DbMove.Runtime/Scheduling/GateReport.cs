namespace DbMove;

/// <summary>The gate's answer for one switch.</summary>
/// <param name="From">The stage now.</param>
/// <param name="To">The stage asked for.</param>
/// <param name="Conditions">Every condition that this switch needs, met or not.</param>
public sealed record GateReport(Stage From, Stage To, IReadOnlyList<GateCondition> Conditions)
{
    /// <summary>Whether every condition is met.</summary>
    public bool IsOpen => Conditions.All(condition => condition.IsMet);
}

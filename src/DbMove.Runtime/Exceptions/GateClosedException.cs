namespace DbMove;

/// <summary>The gate does not let a switch through. Nothing was changed.</summary>
/// <param name="report">Every condition, met or unmet, with its figure.</param>
public sealed class GateClosedException(GateReport report)
    : DbMoveException(
        $"The switch from {report.From.ToWireName()} to {report.To.ToWireName()} is refused: "
        + string.Join("; ", report.Conditions.Where(condition => !condition.IsMet).Select(condition => $"{condition.Name}: {condition.Detail}"))
        + ". Meet the conditions and switch again; SwitchOptions.WaitForGate waits for those that come with time.")
{
    /// <summary>Every condition, met or unmet, with its figure.</summary>
    public GateReport Report { get; } = report;
}

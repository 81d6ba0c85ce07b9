namespace DbMove.Scheduling;

/// <summary>How long a switch may make writes wait. It ends before <em>prepared</em>; over it, the switch gives up.</summary>
internal sealed class PauseBudget(MigrationContext context, GateReport report)
{
    private readonly long _began = context.Time.GetTimestamp();

    public GateReport Report { get; } = report;

    public TimeSpan Elapsed => context.Time.GetElapsedTime(_began);

    public TimeSpan Remaining
    {
        get
        {
            TimeSpan left = context.Options.PauseBudget - Elapsed;
            return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
        }
    }

    /// <exception cref="SwitchAbandonedException">The budget is spent.</exception>
    public void Check(string where)
    {
        if (Elapsed > context.Options.PauseBudget)
        {
            throw Spent(where);
        }
    }

    /// <summary>What a switch ends with when its budget is spent.</summary>
    public SwitchAbandonedException Spent(string where) => new(
        Report.From, Report.To, $"The switch from {Report.From.ToWireName()} to {Report.To.ToWireName()} was abandoned: its pause budget of {context.Options.PauseBudget.TotalSeconds:0.###} s was spent {where}. Nothing was changed; try again, or raise PauseBudget.");
}

namespace Quickstart.Scenario;

/// <summary>Every figure of a finished run, each of them measured.</summary>
internal sealed record RunResult(
    FinalCheckResult Check, int Found, int Fixed, long Differences, int Switches, TimeSpan LongestPause, TimeSpan Duration, IReadOnlyCollection<string> Wrong)
{
    private const int Damaged = 75;
    private const int ExpectedSwitches = 7;
    private const int MinimumWrites = 5_000;

    /// <summary>Whether all is as it must be.</summary>
    public bool IsRight =>
        Check.Lost == 0 && Differences == 0 && Found == Damaged && Fixed == Damaged && Switches == ExpectedSwitches && Check.Writes >= MinimumWrites && Wrong.Count == 0;

    public override string ToString() => FormattableString.Invariant(
        $"quickstart: rows={Check.Rows} writes={Check.Writes} lost={Check.Lost} differences={Differences} found={Found} fixed={Fixed} switches={Switches} longest_write_pause_ms={LongestPause.TotalMilliseconds:0.0} seconds={Duration.TotalSeconds:0.0}");
}

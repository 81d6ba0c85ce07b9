using System.Diagnostics;

namespace Quickstart.Scenario;

/// <summary>Which step the run is in, for the display, and how long each took, for the summary.</summary>
internal sealed class StepLog
{
    private readonly List<(string Name, TimeSpan Duration, string Result)> _steps = [];
    private readonly Stopwatch _elapsed = new();

    public string Current { get; private set; } = "starting";

    /// <summary>What the step waits for; empty when it works.</summary>
    public string WaitingFor { get; set; } = string.Empty;

    public IReadOnlyList<(string Name, TimeSpan Duration, string Result)> Steps => _steps;

    public void Begin(string name)
    {
        Current = name;
        WaitingFor = string.Empty;
        _elapsed.Restart();
    }

    public void End(string result)
    {
        _steps.Add((Current, _elapsed.Elapsed, result));
        WaitingFor = string.Empty;
    }
}

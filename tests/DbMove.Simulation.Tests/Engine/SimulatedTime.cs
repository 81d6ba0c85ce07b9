namespace DbMove.Simulation.Tests.Engine;

/// <summary>The clock of an actor: the simulator's.</summary>
internal sealed class SimulatedTime(Simulator simulator, Actor actor) : TimeProvider
{
    private static readonly DateTimeOffset s_origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => simulator.Clock;

    public override DateTimeOffset GetUtcNow() => s_origin.AddMilliseconds(simulator.Clock);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SimulatedTimer timer = new(simulator, actor, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

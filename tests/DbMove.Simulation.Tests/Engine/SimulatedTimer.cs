namespace DbMove.Simulation.Tests.Engine;

/// <summary>A timer of an actor. It runs when the simulator says that it is time.</summary>
internal sealed class SimulatedTimer(Simulator simulator, Actor actor, TimerCallback callback, object? state) : ITimer
{
    public Actor Actor { get; } = actor;

    /// <summary>When it is due, milliseconds.</summary>
    public long Due { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        simulator.Forget(this);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Due = simulator.Clock + Even(dueTime);
            simulator.Await(this);
        }

        return true;
    }

    public void Fire() => callback(state);

    public void Dispose() => simulator.Forget(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>
    /// Rounded up to 25 ms times a power of two, and from 3.2 s on to the 10 s at which the product's delays stop growing:
    /// they have jitter from a source that no seed reaches, half of the whole, and this makes them the same in every run.
    /// </summary>
    private static long Even(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            return 0;
        }

        // Cut to whole milliseconds on the way here, so that the half itself stands for more than the half.
        double least = delay.TotalMilliseconds + 1;
        if (least is > 3200 and <= 10_001)
        {
            return 10_000;
        }

        long even = 25;
        while (even < least)
        {
            even *= 2;
        }

        return even;
    }
}

namespace DbMove.Simulation.Tests.Engine;

/// <summary>One process of the simulated world, with one thread of its own.</summary>
internal sealed class Actor(int id, string name)
{
    // Told whenever a thread, of the pool or the simulator's own, takes up or lays down the work of an actor.
    private static readonly AsyncLocal<Actor?> s_current = new(static change =>
    {
        if (change.PreviousValue is { } before)
        {
            Interlocked.Decrement(ref before._running);
        }

        if (change.CurrentValue is { } now)
        {
            Interlocked.Increment(ref now._running);
        }
    });

    private int _running;

    public int Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>What it does from its beginning to its end.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>Whether a thread is at its work at this moment.</summary>
    public bool IsRunning => Volatile.Read(ref _running) != 0;

    /// <summary>Whether the calling thread is at the work of an actor.</summary>
    public static bool IsKnown => s_current.Value is not null;

    /// <summary>Pieces of work that were handed to another thread and have not come to the simulator yet.</summary>
    public int Expected { get; set; }

    /// <summary>What it waits for. Guarded by the simulator's lock, as everything that changes here.</summary>
    public List<Operation> Pending { get; } = [];

    public List<SimulatedTimer> Timers { get; } = [];

    /// <summary>Whether the process is gone: whatever it still does has no effect.</summary>
    public bool IsDead { get; set; }

    /// <summary>The step until which it does nothing.</summary>
    public long FrozenUntil { get; set; }

    /// <summary>Who has the greater one goes first, where the strategy goes by priorities.</summary>
    public double Priority { get; set; }

    /// <summary>Whether it does nothing until somebody wakes it.</summary>
    public bool IsAsleep => FrozenUntil == long.MaxValue;

    public bool IsOver => IsDead || Work.IsCompleted;

    /// <summary>Begins its work, and returns when it waits.</summary>
    public void Begin(Func<Task> work) => Work = RunAsync(work);

    /// <summary>What the calling thread does from here on is this actor's.</summary>
    public void Take() => s_current.Value = this;

    private async Task RunAsync(Func<Task> work)
    {
        s_current.Value = this;
        await work();
    }
}

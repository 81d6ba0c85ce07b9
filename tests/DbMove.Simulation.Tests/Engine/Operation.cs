using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Engine;

/// <summary>Something an actor waits for: a statement or a commit that the simulator runs when it chooses to.</summary>
internal abstract class Operation(Actor actor, string label)
{
    public Actor Actor { get; } = actor;

    public string Label { get; } = label;

    /// <summary>For whom it waits. Empty: it can be run.</summary>
    public List<Transaction> Blockers { get; } = [];

    /// <summary>When it stops waiting for a lock, by the simulator's clock in milliseconds.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    public bool IsReady => Blockers.Count == 0 || Blockers.Exists(blocker => blocker.IsEnded);

    /// <summary>Goes a step on. True: it is over. False: there is more to do, or it waits for <see cref="Blockers"/>.</summary>
    public abstract bool TryRun();

    /// <summary>It waited too long for a lock.</summary>
    public abstract Exception TimeOut();

    /// <summary>Hands the result to the actor, which goes on at once, on this thread.</summary>
    public abstract void Complete();

    /// <summary>Hands a failure to the actor, which goes on at once, on this thread.</summary>
    public abstract void Fail(Exception exception);
}

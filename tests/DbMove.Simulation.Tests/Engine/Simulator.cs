using System.Diagnostics;
using DbMove.Dialects;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Engine;

/// <summary>
/// Runs actors one step at a time: whose statement or commit is next, what fails and who dies is drawn from the seed. An
/// actor goes on inside <see cref="Operation.Complete"/>, on the thread that called it, until it waits again; so nothing
/// happens at the same time, and the same seed is the same run.
/// </summary>
internal sealed class Simulator(int seed)
{
    private const int MostSteps = 60_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<Actor> _actors = [];
    private bool _byPriority;

    public Random Random { get; } = new(seed);

    /// <summary>Milliseconds since the beginning.</summary>
    public long Clock { get; private set; } = 1;

    public long Steps { get; private set; }

    /// <summary>A digest of everything that was chosen.</summary>
    public ulong Trace { get; private set; } = 14695981039346656037;

    /// <summary>What was chosen, step by step; kept only when a run is looked at.</summary>
    public List<string>? Log { get; set; }

    /// <summary>Whether operations run at once, in the order in which they come: while the world is made.</summary>
    public bool IsImmediate { get; set; }

    /// <summary>What may go wrong before a step; null: nothing does.</summary>
    public Action? Disturb { get; set; }

    public IReadOnlyList<Actor> Actors => _actors;

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public Actor Add(string name)
    {
        Actor actor = new(_actors.Count, name) { Priority = Random.NextDouble() };
        _actors.Add(actor);
        return actor;
    }

    /// <summary>Chooses how the next run of steps is ordered: evenly, or by priorities that change now and then.</summary>
    public void OrderByPriority(bool byPriority) => _byPriority = byPriority;

    /// <summary>Begins an operation; from any thread.</summary>
    public void Submit(Operation operation)
    {
        if (IsImmediate)
        {
            while (!operation.TryRun())
            {
                Debug.Assert(operation.Blockers.Count == 0, "The world's setup waits for itself.");
            }

            operation.Complete();
            return;
        }

        lock (_lock)
        {
            if (!operation.Actor.IsDead)
            {
                operation.Actor.Pending.Add(operation);
                return;
            }
        }

        operation.Fail(new CrashedException());
    }

    /// <summary>A piece of work of an actor is handed to another thread: nothing goes on until it has arrived.</summary>
    public void Expect(Actor actor)
    {
        lock (_lock)
        {
            actor.Expected++;
        }
    }

    /// <summary>
    /// A piece of work that was expected is there, from any thread, and goes on when it is chosen. It stands before whatever
    /// else its actor waits for, so that it does not matter which of the two came first.
    /// </summary>
    public Task ArriveAsync(Actor actor)
    {
        Arrival arrival = new(actor);
        lock (_lock)
        {
            actor.Expected--;
            if (!actor.IsDead)
            {
                actor.Pending.Insert(0, arrival);
                return arrival.Task;
            }
        }

        arrival.Fail(new CrashedException());
        return arrival.Task;
    }

    /// <summary>Begins a timer. Those of a dead process never run.</summary>
    public void Await(SimulatedTimer timer)
    {
        lock (_lock)
        {
            if (!timer.Actor.IsDead)
            {
                timer.Actor.Timers.Add(timer);
            }
        }
    }

    public void Forget(SimulatedTimer timer)
    {
        lock (_lock)
        {
            timer.Actor.Timers.Remove(timer);
        }
    }

    /// <summary>The actor does not wait for an operation any longer.</summary>
    public void Cancel(Operation operation, CancellationToken cancellationToken)
    {
        bool isPending;
        lock (_lock)
        {
            isPending = operation.Actor.Pending.Remove(operation);
        }

        if (isPending)
        {
            Note(operation.Actor, operation.Label + " is cancelled");
            operation.Fail(new OperationCanceledException(cancellationToken));
        }
    }

    /// <summary>Time passes without anything happening.</summary>
    public void Advance(long milliseconds) => Clock += milliseconds;

    /// <summary>Notes a choice.</summary>
    public void Note(Actor? actor, string what)
    {
        Log?.Add($"{Steps,5} {Clock,7} {(actor is null ? "-" : $"{actor.Id}:{actor.Name}")}  {what}");
        ulong trace = (Trace ^ (uint)(actor?.Id ?? -1)) * 1099511628211;
        foreach (char letter in what)
        {
            trace = (trace ^ letter) * 1099511628211;
        }

        Trace = trace;
    }

    /// <summary>Runs until these actors are over.</summary>
    public void RunUntilOver(params IReadOnlyList<Actor> awaited)
    {
        foreach (Actor actor in _actors)
        {
            Settle(actor);
        }

        static bool Goes(Actor actor) => !actor.IsOver && !actor.IsAsleep;
        while (awaited.Any(Goes))
        {
            if (++Steps > MostSteps)
            {
                throw new InvalidOperationException($"{MostSteps} steps, and no end: {string.Join(", ", awaited.Where(actor => !actor.IsOver).Select(Describe))}");
            }

            Clock++;
            Disturb?.Invoke();
            if (awaited.Any(Goes))
            {
                Step();
            }
        }
    }

    /// <summary>Ends a process where it stands; what its code still does while it unwinds has no effect.</summary>
    public void Kill(Actor actor)
    {
        List<Operation> pending;
        List<SimulatedTimer> timers;
        lock (_lock)
        {
            actor.IsDead = true;
            (pending, timers) = ([.. actor.Pending], [.. actor.Timers]);
            actor.Pending.Clear();
            actor.Timers.Clear();
        }

        pending.ForEach(operation => operation.Fail(new CrashedException()));
        timers.ForEach(timer => timer.Fire());
    }

    private static string Describe(Actor actor) =>
        $"{actor.Name} ({string.Join(", ", actor.Pending.Select(operation => operation.Label + (operation.IsReady ? string.Empty : " waits")))}; {actor.Timers.Count} timers)";

    private void Step()
    {
        List<Operation> ready = [];
        SimulatedTimer? timer = null;
        Operation? late = null;
        foreach (Actor actor in _actors)
        {
            // What a process does in the background goes on when its work is over.
            if (actor.IsDead || actor.FrozenUntil > Steps)
            {
                continue;
            }

            foreach (Operation operation in actor.Pending)
            {
                if (operation.IsReady)
                {
                    ready.Add(operation);
                }
                else if (operation.Deadline < (late?.Deadline ?? long.MaxValue))
                {
                    late = operation;
                }
            }

            foreach (SimulatedTimer each in actor.Timers)
            {
                timer = timer is null || each.Due < timer.Due ? each : timer;
            }
        }

        if (timer is not null && (timer.Due <= Clock || (ready.Count == 0 && timer.Due <= (late?.Deadline ?? long.MaxValue))))
        {
            Clock = Math.Max(Clock, timer.Due);
            Note(timer.Actor, "timer");
            Forget(timer);
            timer.Fire();
            Settle(timer.Actor);
        }
        else if (late is not null && (late.Deadline <= Clock || ready.Count == 0))
        {
            Clock = Math.Max(Clock, late.Deadline);
            Note(late.Actor, late.Label + " waited too long");
            Finish(late, late.TimeOut());
        }
        else if (ready.Count > 0)
        {
            Run(Choose(ready));
        }
        else if (!Thaw())
        {
            throw new InvalidOperationException("Nothing can go on: " + string.Join(", ", _actors.Where(actor => !actor.IsOver).Select(Describe)));
        }
    }

    private Operation Choose(List<Operation> ready)
    {
        if (!_byPriority)
        {
            return ready[Random.Next(ready.Count)];
        }

        Operation first = ready.MaxBy(operation => operation.Actor.Priority)!;
        if (Chance(0.04))
        {
            // The point at which the one that was always first falls behind all others.
            first.Actor.Priority -= 1;
        }

        return first;
    }

    private void Run(Operation operation)
    {
        operation.Blockers.Clear();
        bool isOver;
        try
        {
            isOver = operation.TryRun();
        }
        catch (Exception exception) when (exception is MemoryFailure or InvalidOperationException)
        {
            Note(operation.Actor, $"{operation.Label}: {(exception as MemoryFailure)?.Kind ?? FailureKind.Bug} {exception.Message}");
            Finish(operation, exception);
            return;
        }

        Note(operation.Actor, isOver ? operation.Label : operation.Blockers.Count > 0 ? operation.Label + " waits" : operation.Label + " …");
        if (isOver)
        {
            Finish(operation, null);
        }
    }

    private void Finish(Operation operation, Exception? exception)
    {
        lock (_lock)
        {
            operation.Actor.Pending.Remove(operation);
        }

        if (exception is null)
        {
            operation.Complete();
        }
        else
        {
            operation.Fail(exception);
        }

        Settle(operation.Actor);
    }

    /// <summary>Some steps of the product hop to the thread pool; the run goes on when the actor waits again.</summary>
    private void Settle(Actor actor)
    {
        if (IsSettled(actor))
        {
            return;
        }

        long began = Stopwatch.GetTimestamp();
        SpinWait spin = default;
        while (!IsSettled(actor))
        {
            spin.SpinOnce(sleep1Threshold: 50);
            if (Stopwatch.GetElapsedTime(began) > s_patience)
            {
                throw new InvalidOperationException($"{actor.Name} neither waits for the simulator nor ends.");
            }
        }
    }

    private bool IsSettled(Actor actor)
    {
        if (actor.IsRunning)
        {
            return false;
        }

        lock (_lock)
        {
            return actor.Expected == 0 && (actor.IsOver || actor.Pending.Count > 0 || actor.Timers.Count > 0);
        }
    }

    /// <summary>When nobody else can go on, the frozen do.</summary>
    private bool Thaw()
    {
        Actor? next = _actors.Where(actor => !actor.IsOver && actor.FrozenUntil > Steps && !actor.IsAsleep).MinBy(actor => actor.FrozenUntil);
        if (next is null)
        {
            return false;
        }

        Note(next, "goes on");
        next.FrozenUntil = Steps;
        return true;
    }
}

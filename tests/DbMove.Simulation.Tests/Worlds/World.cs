using DbMove.Control;
using DbMove.Dialects;
using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Roles;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>Two servers, the processes that use them, what goes wrong, and what is found to be wrong.</summary>
internal sealed class World
{
    private readonly List<(Process Process, Role? Role)> _processes = [];
    private readonly Chaos _chaos;
    private readonly HashSet<long> _given = [];
    private bool _isQuiet = true;
    private long _values = 100;

    public World(int seed, bool keepsLog)
    {
        Simulator = new Simulator(seed) { Log = keepsLog ? [] : null };
        Plan = Plan.Of(Simulator.Random);
        Servers = [new(Side.Source, Plan.CurrentReads), new(Side.Target, Plan.CurrentReads)];
        Ledger = new Ledger(Violate);
        Control = new ControlWatch(Servers, Violate);
        Rules = new CommitRules(this);
        _chaos = new Chaos(this);
        foreach (MemoryServer server in Servers)
        {
            server.Tables["item"].GoBeyond(1000);
            server.Ended = Rules.Ended;
            server.Committing = transaction =>
            {
                Control.Commit(transaction);
                Rules.Committing(transaction);
                if (transaction.Writes.Count > 0)
                {
                    Ledger.Commit(transaction);
                }
            };
        }
    }

    public Simulator Simulator { get; }

    public Plan Plan { get; }

    public MemoryServer[] Servers { get; }

    public Ledger Ledger { get; }

    public ControlWatch Control { get; }

    public CommitRules Rules { get; }

    public List<string> Violations { get; } = [];

    /// <summary>A value that no other write has.</summary>
    public long NextValue() => ++_values;

    /// <summary>A number for a row: on whichever side, one that no row has been given before.</summary>
    public long Give(Table table)
    {
        long number = table.NextNumber();
        if (!_given.Add(number))
        {
            Violate($"number {number} is given out twice");
        }

        return number;
    }

    /// <summary>Nobody reaches a server for some time.</summary>
    public void TakeAway(Side side) => _chaos.TakeAway(Servers[(int)side]);

    /// <summary>What had to be true and was not.</summary>
    public void Violate(string what)
    {
        Violations.Add(what);
        Simulator.Note(null, "VIOLATION: " + what);
    }

    /// <summary>Makes the control tables and the rows that are there from the beginning; dual writing has begun, unless the plan begins before.</summary>
    public void Begin(IEnumerable<Item> rows, bool onBothSides)
    {
        foreach (Item row in rows)
        {
            Ledger.Begin(row);
            foreach (MemoryServer server in Servers.Where(server => onBothSides || server.Side == Side.Source))
            {
                Slot slot = server.Tables["item"].At(row.Id);
                (slot.Row, slot.Incarnation) = (row, -1 - row.Id);
            }
        }

        Simulator.IsImmediate = true;
        Process setup = Start("setup", null);
        setup.Actor.Begin(() => PrepareAsync(setup));
        setup.Actor.Work.GetAwaiter().GetResult();
        Simulator.IsImmediate = false;
        Rules.IsComplete = onBothSides;
    }

    /// <summary>Starts a process.</summary>
    public Process Start(string name, Role? role)
    {
        Process process = new(this, name);
        _processes.Add((process, role));
        if (role is not null)
        {
            process.Actor.Begin(() => role.RunAsync(process));
        }

        return process;
    }

    /// <summary>Runs until all roles have done their work, while things go wrong.</summary>
    public void RunRoles(params Role[] roles)
    {
        (_isQuiet, Simulator.Disturb) = (false, _chaos.Disturb);
        Simulator.OrderByPriority(Plan.ByPriority);
        foreach (Role role in roles)
        {
            Start(role.Name, role);
        }

        while (_processes.Find(process => IsAwaited(process.Process.Actor)).Process is { } next)
        {
            Simulator.RunUntilOver(next.Actor);
        }

        (_isQuiet, Simulator.Disturb) = (true, null);
        _chaos.End();
        foreach (Actor actor in _processes.Select(process => process.Process.Actor).Where(actor => actor.Work.IsCompleted && !actor.IsDead))
        {
            // What its process still does in the background ends with it.
            EndSessions(actor);
            Simulator.Kill(actor);
        }
    }

    /// <summary>Runs something in a new process, in a world in which nothing goes wrong any more.</summary>
    public void RunQuietly(string name, Func<Process, Task> work)
    {
        Process process = Start(name, null);
        process.Actor.Begin(() => work(process));
        Simulator.RunUntilOver(process.Actor);
        process.Actor.Work.GetAwaiter().GetResult();
    }

    /// <summary>Wakes the processes that slept through everything, and lets them end.</summary>
    public void WakeSleepers()
    {
        Actor[] sleepers = [.. _processes.Select(process => process.Process.Actor).Where(actor => actor.IsAsleep)];
        foreach (Actor sleeper in sleepers)
        {
            sleeper.FrozenUntil = 0;
            Simulator.RunUntilOver(sleeper);
        }
    }

    /// <summary>Ends a process where it stands. Another one takes up its work.</summary>
    public void Crash(Actor actor)
    {
        (Process process, Role? role) = _processes.Find(each => each.Process.Actor == actor);
        Simulator.Note(actor, "crashes");
        EndSessions(actor);
        Simulator.Kill(actor);
        if (role is not null)
        {
            Start(role.Name, role);
        }
    }

    /// <summary>The servers end the sessions of a process.</summary>
    public void EndSessions(Actor actor)
    {
        foreach (MemoryServer server in Servers)
        {
            foreach (Transaction transaction in server.Open.Where(transaction => transaction.Owner == actor).ToArray())
            {
                server.End(transaction, commit: false);
            }
        }
    }

    /// <summary>A process is at a named point.</summary>
    public void Reach(Process process, string point)
    {
        if (!_isQuiet)
        {
            _chaos.Reach(process.Actor, point);
        }
    }

    /// <summary>Whether the answer to a commit is lost.</summary>
    public bool LosesCommit() => !_isQuiet && Plan.LostCommits > 0 && Simulator.Chance(Plan.LostCommits);

    /// <summary>Ends every process, and looks for what none of them should have met.</summary>
    public void End()
    {
        foreach ((Process process, Role? role) in _processes)
        {
            if (process.Actor.Work.Exception?.InnerException is { } exception and not CrashedException)
            {
                Violate($"{process.Actor.Name} met an unexpected exception: {exception}");
            }

            EndSessions(process.Actor);
            Simulator.Kill(process.Actor);
            process.Context.Metrics.Dispose();
        }
    }

    private bool IsAwaited(Actor actor) => !actor.IsOver && !actor.IsAsleep;

    private static async Task PrepareAsync(Process setup)
    {
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            ControlStore control = setup.Context.Control[(int)side];
            await using SideSession session = await setup.Context.Database(side).OpenAsync(SessionUse.Write, default);
            await control.Tables.EnsureAsync(session, default);
            if (setup.World.Plan.BeginsOutside)
            {
                continue;
            }

            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive }, default);
            (long epoch, Stage stage, long dualSince) = side == Side.Source ? (2L, Stage.SourceFirst, 2L) : (0L, Stage.Initial, 0L);
            await control.WriteAsync(session, new ControlRow(side, epoch, stage, false, dualSince, false, 0, 0), "setup", string.Empty, default);
            await session.CommitAsync(default);
        }
    }
}

using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;
using DbMove.Telemetry;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>What goes wrong: crashes, frozen processes, sessions that the server ends, servers that are away, time that jumps.</summary>
internal sealed class Chaos(World world)
{
    private int _left = world.Plan.Disturbances;
    private long _backAt;
    private MemoryServer? _down;

    private Simulator Simulator => world.Simulator;

    /// <summary>Perhaps something, before a step.</summary>
    public void Disturb()
    {
        if (_down is not null && Simulator.Steps >= _backAt)
        {
            End();
        }

        if (_left == 0 || !Simulator.Chance(Rate()))
        {
            return;
        }

        _left--;
        switch (Simulator.Random.Next(9))
        {
            case 0 or 1 or 2:
                if (Victim() is { } crashing)
                {
                    world.Crash(crashing);
                }

                break;
            case 3 or 4:
                if (Victim() is { } freezing)
                {
                    Freeze(freezing);
                }

                break;
            case 5 or 6:
                Transaction[] open = [.. world.Servers.SelectMany(server => server.Open)];
                if (open.Length > 0)
                {
                    Transaction ended = open[Simulator.Random.Next(open.Length)];
                    Simulator.Note(ended.Owner, $"loses its session on the {ended.Server.Side}");
                    ended.Server.End(ended, commit: false);
                }

                break;
            case 7:
                TakeAway(world.Servers[Simulator.Random.Next(2)]);
                break;
            default:
                Simulator.Advance(Simulator.Random.Next(1000, 30_000));
                Simulator.Note(null, "time passes");
                break;
        }
    }

    /// <summary>Perhaps a process freezes, at a named point of the protocol.</summary>
    public void Reach(Actor actor, string point)
    {
        if (actor.IsDead || world.Plan.Holds == 0 || !Simulator.Chance(world.Plan.Holds * WeightOf(point)))
        {
            return;
        }

        if (point == ProbePoint.BackfillRangeRead && !Simulator.Actors.Any(other => other.IsAsleep) && Simulator.Chance(0.5))
        {
            Simulator.Note(actor, "sleeps at " + point);
            actor.FrozenUntil = long.MaxValue;
            return;
        }

        Simulator.Note(actor, "is held at " + point);
        Freeze(actor);
    }

    /// <summary>All is well again.</summary>
    public void End()
    {
        if (_down is not null)
        {
            Simulator.Note(null, $"the {_down.Side} is back");
            _down.IsDown = false;
            _down = null;
        }
    }

    /// <summary>Nobody reaches a server; what was open there is gone.</summary>
    public void TakeAway(MemoryServer server)
    {
        if (_down is not null)
        {
            return;
        }

        Simulator.Note(null, $"the {server.Side} is away");
        (_down, server.IsDown, _backAt) = (server, true, Simulator.Steps + Simulator.Random.Next(10, 80));
        if (Simulator.Chance(0.5))
        {
            foreach (Transaction transaction in server.Open.ToArray())
            {
                server.End(transaction, commit: false);
            }
        }
    }

    /// <summary>Where others may come between two things that belong together.</summary>
    private static int WeightOf(string point) => point switch
    {
        ProbePoint.WriteFollowerCommitting or ProbePoint.RepairAuthorityRead or ProbePoint.RepairExamined => 3,
        ProbePoint.SwitchGated or ProbePoint.SwitchPrepared or ProbePoint.BackfillRangeRead or ProbePoint.BackfillBeforeCommit => 4,
        _ => 1,
    };

    /// <summary>Between two commits is where it hurts.</summary>
    private double Rate() =>
        Simulator.Actors.Any(actor => !actor.IsOver && actor.Pending.Exists(operation => operation.Label.EndsWith("commit", StringComparison.Ordinal)))
            ? 2 * world.Plan.DisturbanceRate
            : world.Plan.DisturbanceRate;

    private Actor? Victim()
    {
        Actor[] alive = [.. Simulator.Actors.Where(actor => !actor.IsOver && !actor.IsAsleep)];
        Actor[] committing = [.. alive.Where(actor => actor.Pending.Exists(operation => operation.Label.EndsWith("commit", StringComparison.Ordinal)))];
        Actor[] chosen = committing.Length > 0 && Simulator.Chance(0.5) ? committing : alive;
        return chosen.Length == 0 ? null : chosen[Simulator.Random.Next(chosen.Length)];
    }

    private void Freeze(Actor actor)
    {
        Simulator.Note(actor, "freezes");
        actor.FrozenUntil = Simulator.Steps + Simulator.Random.Next(20, 300);
        if (Simulator.Chance(0.35))
        {
            Simulator.Note(actor, "loses its sessions");
            world.EndSessions(actor);
        }
    }
}

using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;
using DbMove.Simulation.Tests.Dialect;
using DbMove.Simulation.Tests.Engine;
using DbMove.Telemetry;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>A process of the simulated fleet: a migration of its own over sessions of its own, and one thing that it does.</summary>
internal sealed class Process
{
    public Process(World world, string name)
    {
        World = world;
        Actor = world.Simulator.Add(name);
        Time = new SimulatedTime(world.Simulator, Actor);
        Migration = new MigrationBuilder("simulated")
            .From(side => new MemoryDatabase(world, this, side))
            .To(side => new MemoryDatabase(world, this, side))
            .AddEntity<Item>()
            .UseTimeProvider(Time)
            .Configure(Configure)
            .Build();
        Side[] sides = [Side.Source, Side.Target];
        foreach (EntityBinding binding in Context.Entities)
        {
            binding.Compose(Context.Databases, [.. sides.Select(side => Define(binding, side))]);
        }

        Context.Probes.Handler = (point, _) => ReachAsync(point);
        Migration.Pool.Lifetime.Open();
        Items = new ItemRepository(Migration);
    }

    public World World { get; }

    public Actor Actor { get; }

    public TimeProvider Time { get; }

    public Migration Migration { get; }

    public MigrationContext Context => Migration.Context;

    public ItemRepository Items { get; }

    /// <summary>The write that its transactions belong to now; null: none of a writer.</summary>
    public string? Tag { get; set; }

    /// <summary>What a start does with the stage.</summary>
    public async Task StartAsync()
    {
        StageSnapshot stage = await Context.Stage.RefreshAsync(bothSides: true, default);
        if (stage.Stage.IsDual())
        {
            await new PreparedRecovery(Context).ResolveAsync(default);
            await Context.Stage.RefreshAsync(bothSides: false, default);
        }
    }

    private ValueTask ReachAsync(string point)
    {
        switch (point)
        {
            case ProbePoint.WriteAuthorityWritten:
                Visit.Begin();
                break;
            case ProbePoint.WriteFollowerApplied:
                Visit.Current!.End();
                break;
            case ProbePoint.WriteAuthorityCommitted when World.Plan.AcknowledgesEarly && Visit.Current is { IsOver: true, Session.IsDisposed: false }:
                // The product is about to hand the follower's commit to another thread.
                World.Simulator.Expect(Actor);
                break;
            case ProbePoint.WriteFollowerCommitting when !Actor.IsKnown:
                // This is that thread; what it does is this process's.
                Actor.Take();
                return new(ArriveAsync(point));
        }

        World.Reach(this, point);
        return default;
    }

    private async Task ArriveAsync(string point)
    {
        await World.Simulator.ArriveAsync(Actor);
        World.Reach(this, point);
    }

    private StoreDefinition Define(EntityBinding binding, Side side) => new()
    {
        Entity = binding.Descriptor, Side = side, Table = MemoryDatabase.Items(side), Control = Context.Names, TimeGranularity = [0, 0, 0],
    };

    /// <summary>Time-outs that the system's clock runs are out of a schedule's reach; those of the simulated clock are not.</summary>
    private void Configure(MigrationOptions options)
    {
        options.RunBackgroundWork = false;
        options.FollowerFailure = World.Plan.IsStrict ? FollowerFailure.FailWrite : FollowerFailure.KeepIntent;
        options.FollowerTimeout = TimeSpan.FromMinutes(1);
        options.Acknowledge = World.Plan.AcknowledgesEarly ? Acknowledge.AfterAuthority : Acknowledge.AfterFollower;
        options.Fleet.Label = Actor.Name;
        options.Fleet.Expiry = TimeSpan.FromSeconds(3);
        options.PauseBudget = TimeSpan.FromMinutes(1);
        options.LockTimeout = TimeSpan.FromMinutes(2);
        options.Repair.IntentDelay = TimeSpan.Zero;
        options.Repair.MaximumAttempts = 100;
        if (World.Plan.BeginsOutside)
        {
            // Without a fence the time in the stage is what keeps apart those who do not know of it yet.
            options.PollInterval = TimeSpan.FromMilliseconds(50);
        }
        else
        {
            options.Gate.MinimumTimeInStage = TimeSpan.Zero;
        }

        options.Backfill.InitialChunk = 2;
        options.Validation.Workers = 1;
        options.Validation.SuspectDelay = TimeSpan.Zero;
        options.Events.RetryDelay = options.Events.MaximumRetryDelay = TimeSpan.FromMilliseconds(1);
    }
}

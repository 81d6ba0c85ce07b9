using DbMove.Control;
using DbMove.Dialects;
using DbMove.Fleet;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Telemetry;
using DbMove.Validation;
using Microsoft.Extensions.Logging;

namespace DbMove.Scheduling;

/// <summary>What the rooms of one migration share.</summary>
internal sealed class MigrationContext : IAsyncDisposable
{
    public MigrationContext(
        string name, MigrationOptions options, SideDatabase source, SideDatabase target, IReadOnlyList<EntityBinding> entities, TimeProvider time, ILoggerFactory loggers)
    {
        Name = name;
        Options = options;
        Names = new ControlNames(name, options.ControlTablePrefix);
        Databases = [source, target];
        Entities = entities;
        Time = time;
        Logger = loggers.CreateLogger("DbMove." + name);
        source.Attach(Names);
        target.Attach(Names);
        Control = [new ControlStore(source, Names), new ControlStore(target, Names)];
        Intents = [new IntentStore(source, Names), new IntentStore(target, Names)];
        Dirty = new DirtyRanges(this);
        Stage = new StageMonitor(name, Databases, Control, options, time, Logger);
        Leadership = new Leadership(time);
        Metrics = new MigrationMetrics(name);
        Tracing = new MigrationTracing(name);
        Breakers = [new FollowerBreaker(name, Side.Source, options, time, Metrics, Logger), new FollowerBreaker(name, Side.Target, options, time, Metrics, Logger)];
    }

    public string Name { get; }

    public MigrationOptions Options { get; }

    public ControlNames Names { get; }

    /// <summary>Source and target, by <see cref="Side"/>.</summary>
    public SideDatabase[] Databases { get; }

    /// <summary>The control rows, by <see cref="Side"/>.</summary>
    public ControlStore[] Control { get; }

    /// <summary>The intents, by <see cref="Side"/>.</summary>
    public IntentStore[] Intents { get; }

    /// <summary>The dirty marks of both sides.</summary>
    public DirtyRanges Dirty { get; }

    /// <summary>The entities, parents first once the schema check has passed.</summary>
    public IReadOnlyList<EntityBinding> Entities { get; set; }

    /// <summary>What keeps writes from a follower that does not answer, by <see cref="Side"/>.</summary>
    public FollowerBreaker[] Breakers { get; }

    /// <summary>Whether the follower of the stage as last read counts as away.</summary>
    public bool IsFollowerAway => Stage.Last is { } stage && stage.Stage.IsDual() && !Breakers[(int)stage.Follower].IsClosed;

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public StageMonitor Stage { get; }

    /// <summary>Whether this instance does what one does for all.</summary>
    public Leadership Leadership { get; }

    public MigrationMetrics Metrics { get; }

    public MigrationTracing Tracing { get; }

    public ProbePoints Probes { get; } = new();

    public SideDatabase Database(Side side) => Databases[(int)side];

    /// <summary>What an exception of either side means; null when it is no database's.</summary>
    public FailureKind? FailureOf(Exception exception) => Databases[0].Classify(exception) ?? Databases[1].Classify(exception);

    /// <summary>The entity of a wire name; null when this migration has none.</summary>
    public EntityBinding? FindEntity(string name) => Entities.FirstOrDefault(entity => entity.Name == name);

    public async ValueTask DisposeAsync()
    {
        await Breakers[0].DisposeAsync().ConfigureAwait(false);
        await Breakers[1].DisposeAsync().ConfigureAwait(false);
        await Databases[0].DisposeAsync().ConfigureAwait(false);
        await Databases[1].DisposeAsync().ConfigureAwait(false);
        Stage.Dispose();
        Metrics.Dispose();
    }
}

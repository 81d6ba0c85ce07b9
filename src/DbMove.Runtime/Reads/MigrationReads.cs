using DbMove.Control;
using DbMove.Fleet;
using DbMove.Reads;
using DbMove.Scheduling;

namespace DbMove;

/// <summary>
/// Where this process's reads by key go, and how that goes. Both percentages may be set at any time, from any thread; they
/// begin as <see cref="ReadOptions"/> says, hold for this process, and are forgotten when it ends.
/// </summary>
public sealed class MigrationReads
{
    private readonly MigrationContext _context;
    private readonly ReadSettings _settings;

    internal MigrationReads(MigrationContext context, ValidationRunner validation, IEventChannel events, FleetRoll fleet)
    {
        _context = context;
        _settings = new ReadSettings { Target = context.Options.Reads.TargetPercentage, Shadow = context.Options.Reads.ShadowPercentage };
        Readiness = new TargetReadiness(context, _settings, validation, events);
        Shadow = new ShadowReads(context, events);
        Router = new ReadRouter(context, _settings, Readiness, Shadow);
        Condition = new ShadowCondition(new ShadowRate(context.Options.Reads, _settings, Shadow.Window), fleet);
    }

    /// <inheritdoc cref="ReadOptions.TargetPercentage"/>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 100.</exception>
    public int TargetPercentage
    {
        get => _settings.Target;
        set => _settings.Target = Checked(value, nameof(TargetPercentage));
    }

    /// <inheritdoc cref="ReadOptions.ShadowPercentage"/>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 100.</exception>
    public int ShadowPercentage
    {
        get => _settings.Shadow;
        set => _settings.Shadow = Checked(value, nameof(ShadowPercentage));
    }

    /// <summary>Both percentages, and what became of the reads. From memory; never waits.</summary>
    public ReadStatus Status
    {
        get
        {
            StageSnapshot? stage = _context.Stage.Last;
            return new(
                TargetPercentage, stage is not null && TargetPercentage > 0 && Readiness.IsReady(stage), Readiness.Describe(), _context.Metrics.RampTotals,
                ShadowPercentage, Shadow.Window.FiguresIn(stage?.Epoch ?? 0));
        }
    }

    internal ShadowCondition Condition { get; }

    internal ReadRouter Router { get; }

    internal TargetReadiness Readiness { get; }

    internal ShadowReads Shadow { get; }

    /// <summary>What this process's shadow reads have found in an epoch; nothing while they are off.</summary>
    internal ShadowFigures ShadowIn(long epoch) => _settings.Shadow == 0 ? ShadowFigures.None : Shadow.Window.FiguresIn(epoch);

    internal IEnumerable<BackgroundWork> CreateWork() =>
        [new("reads", _context, Readiness.RunAsync, Readiness.Describe), new("shadow", _context, Shadow.RunAsync)];

    private static int Checked(int percentage, string property) => percentage is >= 0 and <= 100
        ? percentage
        : throw new ArgumentOutOfRangeException(property, percentage, $"Reads.{property} is a percentage from 0 to 100.");
}

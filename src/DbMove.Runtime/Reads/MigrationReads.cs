using DbMove.Control;
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

    internal MigrationReads(MigrationContext context, ValidationRunner validation, IEventChannel events)
    {
        _context = context;
        _settings = new ReadSettings { Target = context.Options.Reads.TargetPercentage, Shadow = context.Options.Reads.ShadowPercentage };
        Readiness = new TargetReadiness(context, _settings, validation, events);
        Shadow = new ShadowReads(context, events);
        Router = new ReadRouter(context, _settings, Readiness, Shadow);
        Condition = new ShadowCondition(context.Options.Reads, _settings, Shadow.Window);
    }

    /// <inheritdoc cref="ReadOptions.TargetPercentage"/>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 100.</exception>
    public int TargetPercentage
    {
        get => _settings.Target;
        set => _settings.Target = Checked(value);
    }

    /// <inheritdoc cref="ReadOptions.ShadowPercentage"/>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 100.</exception>
    public int ShadowPercentage
    {
        get => _settings.Shadow;
        set => _settings.Shadow = Checked(value);
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

    internal IGateCondition Condition { get; }

    internal ReadRouter Router { get; }

    internal TargetReadiness Readiness { get; }

    internal ShadowReads Shadow { get; }

    internal IEnumerable<BackgroundWork> CreateWork() =>
        [new("reads", _context, Readiness.RunAsync, Readiness.Describe), new("shadow", _context, Shadow.RunAsync)];

    private static int Checked(int percentage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percentage, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentage, 100);
        return percentage;
    }
}

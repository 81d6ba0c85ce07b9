using DbMove.AdoNet.Execution;
using DbMove.Backfill;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Events;
using DbMove.Fleet;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Repair;
using DbMove.Scheduling;
using DbMove.Schema;
using DbMove.Validation;

namespace DbMove;

/// <summary>A named set of entities moving from one source to one target: the object that a service holds.</summary>
/// <remarks>
/// Built by <see cref="MigrationBuilder"/>. <see cref="StartAsync"/> checks everything and begins the background work;
/// repositories work from then on, in whatever stage the migration is.
/// </remarks>
public sealed partial class Migration : IDualWriteTransactions, IAsyncDisposable
{
    private readonly Dictionary<Type, EntityBinding> _bindings;
    private readonly MigrationScheduler _scheduler;
    private readonly PromotionGate _gate;
    private readonly StageSwitch _switch;
    private readonly IntentCondition _intents;
    private readonly MigrationHealthCheck _health;
    private readonly StatusReader _status;
    private readonly SemaphoreSlim _starting = new(1);
    private bool _started;
    private bool _disposed;

    internal Migration(MigrationContext context)
    {
        Context = context;
        _bindings = context.Entities.ToDictionary(entity => entity.GetType());
        Clearer = new IntentClearer(context);
        Repairer = new KeyRepairer(context);
        IntentRepair = new IntentRepairLoop(context, Repairer);
        Pool = new DualWritePool(context, Clearer, IntentRepair.Signal);
        Events = EventChannels.Create(context);
        Backfill = new BackfillRunner(context);
        Validation = new ValidationRunner(context, Events);
        Methods = new MethodExecutor(this);
        FleetRoll fleet = new(context);
        Reads = new MigrationReads(context, Validation, Events, fleet);
        Member = new FleetMember(context, fleet, Reads);
        _intents = new IntentCondition(context);
        EventCondition events = new(Events);
        _gate = new PromotionGate(
            [new TimeInStageCondition(context), new InstancesCondition(fleet)],
            [_intents, new BackfillCondition(Backfill), new ValidationCondition(Validation), new DirtyCondition(context.Dirty), events, Reads.Condition],
            [new SchemaCondition(context)]);
        _switch = new StageSwitch(context, _gate, new AuthoritySwitch(context, new FencedGate(context, events, Reads.Condition), Clearer, IntentRepair));
        EventFixer = new EventFixerLoop(context, Repairer, Events);
        AutoPromotion = new AutoPromotion(context, _gate, new PromotionObstacles(context, Validation, _intents, Events, CheckHealthAsync), () => Member.Leader, SwitchAsync);
        _scheduler = new MigrationScheduler(
            context, Clearer, _intents, Member,
            [
                new("repair", context, IntentRepair.RunAsync), new("events", context, EventFixer.RunAsync), new("verification", context, context.Leadership.WhileLeading(Validation.RunVerificationAsync)),
                .. EventChannels.CreateWork(context, Events), .. Reads.CreateWork(), .. AutoPromotion.CreateWork(),
            ]);
        _status = new StatusReader(context, _intents, Backfill, Validation, Events, _gate, AutoPromotion, fleet, Reads);
        _health = new MigrationHealthCheck(context, Pool, _intents, Events, _scheduler.Work);
    }

    /// <summary>The migration's name.</summary>
    public string Name => Context.Name;

    /// <summary>The stage as this process last read it.</summary>
    /// <exception cref="InvalidOperationException">The migration was not started.</exception>
    public Stage Stage => LastStage.Stage;

    /// <summary>The epoch as this process last read it: the number of the stage's assignment.</summary>
    /// <exception cref="InvalidOperationException">The migration was not started.</exception>
    public long Epoch => LastStage.Epoch;

    /// <summary>Whether it was started, and not stopped since. Before, repositories and switches must not be used.</summary>
    public bool IsStarted => Volatile.Read(ref _started);

    /// <summary>What this process has done for the migration so far. Never waits.</summary>
    public MigrationTotals Totals => Context.Metrics.Totals;

    /// <summary>The pool of both sides' connections, through which every repository writes.</summary>
    public DualWritePool Pool { get; }

    /// <summary>The backfill: copies the rows that existed before dual writing.</summary>
    public BackfillRunner Backfill { get; }

    /// <summary>The validation: full passes, and the verification of what was written and repaired since.</summary>
    public ValidationRunner Validation { get; }

    /// <summary>The channel between validation and the fixer; its dead events wait for someone to decide.</summary>
    public IEventChannel Events { get; }

    /// <summary>Where reads by key go: the read ramp and the shadow reads, to be changed while the service runs.</summary>
    public MigrationReads Reads { get; }

    internal EventFixerLoop EventFixer { get; }

    internal MethodExecutor Methods { get; }

    internal FleetMember Member { get; }

    internal MigrationContext Context { get; }

    internal AutoPromotion AutoPromotion { get; }

    internal IntentClearer Clearer { get; }

    internal KeyRepairer Repairer { get; }

    internal IntentRepairLoop IntentRepair { get; }

    private StageSnapshot LastStage => Context.Stage.Last
        ?? throw new InvalidOperationException($"Migration '{Name}' was not started. Await StartAsync first, or start the host.");

    /// <summary>
    /// Checks servers and schemas, changes nothing where something is wrong, upgrades older control tables, reads the
    /// stage, and begins the background work. Doing it again does nothing.
    /// </summary>
    /// <exception cref="SchemaCheckException">The schemas do not fit; every finding is named.</exception>
    /// <exception cref="MigrationConfigurationException">The configuration cannot work.</exception>
    /// <exception cref="DatabaseUnavailableException">A side is out of reach.</exception>
    /// <exception cref="StageUnknownException">The stage cannot be told.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_started)
            {
                return;
            }

            await new SchemaCheck(Context).RunAsync(cancellationToken).ConfigureAwait(false);
            await new ControlUpgrade(Context).RunAsync(cancellationToken).ConfigureAwait(false);
            StageSnapshot stage = await Context.Stage.RefreshAsync(bothSides: true, cancellationToken).ConfigureAwait(false);
            if (stage.Stage.IsDual())
            {
                await Context.TranslateAsync(() => new PreparedRecovery(Context).ResolveAsync(cancellationToken)).ConfigureAwait(false);
            }

            await Member.JoinAsync(cancellationToken).ConfigureAwait(false);
            _scheduler.Start();
            Pool.Lifetime.Open();
            Volatile.Write(ref _started, true);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>
    /// Refuses new writes, waits for those in flight (at most <see cref="MigrationOptions.LockTimeout"/> and
    /// <see cref="MigrationOptions.FollowerTimeout"/> together), and ends the background work. What is left open the next start takes up.
    /// </summary>
    /// <param name="cancellationToken">Cancels the waiting, not the stop: it is stopped all the same, and a start begins anew.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Both are told before anything is waited for.
            Task working = Task.WhenAll(Backfill.StopAsync(cancellationToken), Validation.StopFullAsync(cancellationToken));
            try
            {
                await Pool.CloseAsync(forGood: false, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await _scheduler.StopAsync().ConfigureAwait(false);
                await Context.Breakers[0].ResetAsync().ConfigureAwait(false);
                await Context.Breakers[1].ResetAsync().ConfigureAwait(false);
                Volatile.Write(ref _started, false);
            }

            await working.ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Makes an ADO.NET data source that writes through this migration, for code that has its own SQL.</summary>
    /// <param name="options">How it behaves; null: as <see cref="MigrationOptions.AdoNet"/> says.</param>
    /// <exception cref="MigrationConfigurationException">An option is out of range.</exception>
    public DualWriteDataSource CreateDataSource(DualWriteDataSourceOptions? options = null) => new(this, options);

    /// <summary>The gate for a switch to a stage, without switching.</summary>
    /// <exception cref="StageTransitionException">There is no such step.</exception>
    public async Task<GateReport> CheckGateAsync(Stage to, CancellationToken cancellationToken = default)
    {
        StageSnapshot stage = await Context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        StageTransitions.Check(stage.Stage, to);
        return await Context.TranslateAsync(() => _gate.CheckAsync(stage, to, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// Switches to the stage after or before the present one. To the present stage it does nothing, so a repeated call is
    /// harmless.
    /// </summary>
    /// <exception cref="GateClosedException">A condition is unmet; nothing was changed.</exception>
    /// <exception cref="StageTransitionException">There is no such step, or the epoch is not the expected one; nothing was changed.</exception>
    /// <exception cref="SwitchAbandonedException">It gave up before its commit point; the stage is what it was.</exception>
    /// <exception cref="StageUnknownException">A side is out of reach, and a switch needs both.</exception>
    public Task<SwitchResult> SwitchAsync(Stage to, SwitchOptions? options = null, CancellationToken cancellationToken = default) =>
        _switch.RunAsync(to, options ?? new SwitchOptions(), cancellationToken);

    /// <summary>Looks at both sides, the intents, the events and the background work. Never throws for what it finds.</summary>
    public Task<MigrationHealth> CheckHealthAsync(CancellationToken cancellationToken = default) => _health.CheckAsync(cancellationToken);

    /// <summary>The stage and its epoch, read from the database now.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StageUnknownException">The stage cannot be told.</exception>
    public async Task<StageAssignment> ReadStageAsync(CancellationToken cancellationToken = default)
    {
        StageSnapshot stage = await Context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        return new(stage.Stage, stage.Epoch, stage.IsIncremental);
    }

    /// <summary>Where the migration stands, with the gate of the next step forward.</summary>
    /// <remarks>With the follower away, what only it knows is null: the validation, the events, the gate.</remarks>
    /// <exception cref="StageUnknownException">The stage cannot be told.</exception>
    /// <exception cref="DatabaseUnavailableException">The authority is out of reach.</exception>
    public Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default) => _status.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A container that offers it with and without a key disposes it twice.
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await Pool.CloseAsync(forGood: true, CancellationToken.None).ConfigureAwait(false);

        // The loops before the rest: they use what is disposed after them.
        await _scheduler.DisposeAsync().ConfigureAwait(false);
        await ((IAsyncDisposable)Backfill).DisposeAsync().ConfigureAwait(false);
        await ((IAsyncDisposable)Validation).DisposeAsync().ConfigureAwait(false);
        await Events.DisposeAsync().ConfigureAwait(false);
        IntentRepair.Dispose();
        Member.Dispose();
        _starting.Dispose();
        await Context.DisposeAsync().ConfigureAwait(false);
    }

    internal EntityBinding<TEntity, TKey, TMap> BindingOf<TEntity, TKey, TMap>()
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        _bindings.TryGetValue(typeof(EntityBinding<TEntity, TKey, TMap>), out EntityBinding? binding)
            ? (EntityBinding<TEntity, TKey, TMap>)binding
            : throw new MigrationConfigurationException($"Entity '{TMap.Descriptor.Name}' is not part of migration '{Name}'. Add it with AddEntity in the migration's builder.");
}

using DbMove.Events;
using DbMove.Telemetry;
using DbMove.Tests.Events;

namespace DbMove.CrashProcess;

/// <summary>What a process can be killed in.</summary>
internal sealed class Operations(Job job, Arrest arrest)
{
    /// <summary>A write, and then the clearing of its intents.</summary>
    public const string Write = "write";

    /// <summary>A write that is acknowledged once the authority has it: the second one to pass the point.</summary>
    public const string EarlyWrite = "early_write";

    /// <summary>The repair of a write that lost its follower's half.</summary>
    public const string Repair = "repair";

    /// <summary>A switch to a stage, with an open intent where the authority moves.</summary>
    public const string Switch = "switch";

    /// <summary>The start of a migration that somebody left half-switched.</summary>
    public const string Start = "start";

    /// <summary>From <c>src_only</c> to <c>src_first</c>, and then the backfill.</summary>
    public const string Backfill = "backfill";

    /// <summary>A full validation.</summary>
    public const string Validate = "validate";

    /// <summary>A full validation, and then the repair of what it found, by way of the embedded channel.</summary>
    public const string Events = "events";

    /// <summary>The same by way of a broker.</summary>
    public const string Broker = "broker";

    /// <summary>The same, and the broker loses what it has.</summary>
    public const string LostMessages = "lost_messages";

    /// <summary>Auto-promotion.</summary>
    public const string Promote = "promote";

    private static readonly SwitchOptions s_forced = new() { OverrideGate = true, Reason = "the cell is not about the gate" };

    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FakeBroker _broker = new(TimeProvider.System);

    public async Task RunAsync()
    {
        Migration migration = job.Build(Configure);
        if (job.Operation is Start or EarlyWrite)
        {
            arrest.Begin(migration, job.Operation == EarlyWrite ? _told.Task : null);
        }

        await migration.StartAsync();
        if (job.Operation != Start)
        {
            await Writes.RunAsync(migration, Writes.First);
            await migration.Clearer.FlushAsync(default);
            Console.WriteLine("ack " + Writes.First);
        }

        await RunAsync(migration);
    }

    /// <summary>Validates, and waits for the outcome.</summary>
    public static async Task<ValidationReport> ValidateAsync(Migration migration)
    {
        await migration.Validation.StartFullAsync();
        return await migration.Validation.WaitFullAsync();
    }

    /// <summary>A write whose process goes no further than the authority's commit: its intent stays open.</summary>
    private static async Task WriteHalfAsync(Migration migration, string write)
    {
        migration.Context.Probes.Handler = static (point, _) => point == ProbePoint.WriteAuthorityCommitted ? throw new InvalidOperationException("only half") : default;
        try
        {
            await Writes.RunAsync(migration, write);
        }
        catch (InvalidOperationException)
        {
            // As meant.
        }

        // It is in the authority, so it counts, although nobody was told.
        migration.Context.Probes.Handler = null;
        Console.WriteLine("ack " + write);
    }

    private async Task RunAsync(Migration migration)
    {
        switch (job.Operation)
        {
            case Write:
                arrest.Begin(migration);
                await Writes.RunAsync(migration, job.Argument);
                Console.WriteLine("ack " + job.Argument);
                await migration.Clearer.FlushAsync(default);
                break;
            case EarlyWrite:
                await Writes.RunAsync(migration, job.Argument);
                Console.WriteLine("ack " + job.Argument);
                _told.SetResult();

                // What is left of the write is done behind its caller's back; a close waits for it.
                await migration.DisposeAsync();
                break;
            case Repair:
                await WriteHalfAsync(migration, job.Argument);
                arrest.Begin(migration);
                await migration.IntentRepair.RunOnceAsync(TimeSpan.Zero, default);
                break;
            case Switch:
                await SwitchAsync(migration, Enum.Parse<Stage>(job.Argument));
                break;
            case Backfill:
                await migration.SwitchAsync(Stage.SourceFirst, s_forced);
                arrest.Begin(migration);
                await migration.Backfill.StartAsync();
                await migration.Backfill.WaitAsync();
                break;
            case Validate:
                arrest.Begin(migration);
                await ValidateAsync(migration);
                break;
            case Events or Broker or LostMessages:
                arrest.Begin(migration);
                await RepairFoundAsync(migration);
                break;
            case Promote:
                await ValidateAsync(migration);
                arrest.Begin(migration);
                while (true)
                {
                    await migration.AutoPromotion.LookAsync(default);
                    await Task.Delay(TimeSpan.FromMilliseconds(10));
                }
        }
    }

    private async Task SwitchAsync(Migration migration, Stage to)
    {
        bool moves = (migration.Stage, to) is (Stage.SourceFirst, Stage.TargetFirst) or (Stage.TargetFirst, Stage.SourceFirst);
        if (moves)
        {
            // Too young for the repair ahead of the fences (see Configure), so the drain behind them takes it.
            await WriteHalfAsync(migration, Writes.Update);
        }

        arrest.Begin(migration);
        await migration.SwitchAsync(to, s_forced);
    }

    private async Task RepairFoundAsync(Migration migration)
    {
        await ValidateAsync(migration);
        EventRelayLoop? relay = (migration.Events as BrokeredEventChannel)?.Relay;
        if (relay is not null)
        {
            await relay.RunOnceAsync(default);
        }

        if (job.Operation == LostMessages)
        {
            _broker.Lose();
            await relay!.FindLostAsync(TimeSpan.Zero, default);
        }

        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }
    }

    private void Configure(MigrationOptions options)
    {
        if (job.Operation is Broker or LostMessages)
        {
            options.Events.Broker = _broker.Connect;
        }

        if (job.Operation == EarlyWrite)
        {
            options.Acknowledge = Acknowledge.AfterAuthority;
        }

        if (job.Operation == Switch)
        {
            options.Repair.IntentDelay = TimeSpan.FromMinutes(1);
        }

        if (job.Operation == Promote)
        {
            options.AutoPromotion.Interval = TimeSpan.FromMilliseconds(50);
            options.AutoPromotion.To(Stage.TargetFirst, TimeSpan.FromMilliseconds(50));
        }

        // One key of an event at a time, so that its lease is prolonged between them.
        options.Repair.BatchSize = 1;
    }
}

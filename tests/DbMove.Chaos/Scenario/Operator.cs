using System.Diagnostics;
using DbMove.Chaos.Ledger;
using DbMove.Chaos.Services;
using DbMove.Chaos.Traffic;

namespace DbMove.Chaos.Scenario;

/// <summary>
/// Runs the migration as an operator does: backfill, full validation until it is clean, the next switch through the gate, and
/// again, back and forth. Any service may be asked, and any may die before it answers: its delays are an operator's, who asks again.
/// </summary>
internal sealed class Operator(ChaosFleet fleet, int seed, Action<string> say)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>The walk: there and back, through the stage with the target alone, and right back to the source alone.</summary>
    private static readonly Stage[] s_walk =
    [
        Stage.TargetFirst, Stage.SourceFirst, Stage.TargetFirst, Stage.TargetOnly, Stage.TargetFirst, Stage.SourceFirst,
        Stage.TargetFirst, Stage.SourceFirst, Stage.SourceOnly, Stage.SourceFirst,
    ];

    private readonly Random _random = new(StableSeed.Of(seed, 23));
    private readonly DamagePlanter _planter = new(fleet, seed);
    private Stage _stage = Stage.Initial;
    private int _step;

    /// <summary>Changes of the stage.</summary>
    public int Switches { get; private set; }

    /// <summary>Full passes that ended with an answer: clean, or differences.</summary>
    public int Validations { get; private set; }

    public int Backfills { get; private set; }

    public List<ExcusedTime> Excused { get; } = [];

    public IReadOnlyList<PlantedDamage> Damage => _planter.Planted;

    /// <summary>From nothing to dual writing, before anything goes wrong.</summary>
    public async Task EnterAsync()
    {
        await SwitchAsync(Stage.SourceOnly, CancellationToken.None);
        await SwitchAsync(Stage.SourceFirst, CancellationToken.None);
        await AskAsync("incremental", CancellationToken.None);
        Switches = 0;
    }

    /// <summary>Walks until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await ReadyAsync(plants: true, stopping);
                if (await SwitchAsync(s_walk[_step], stopping))
                {
                    _step = (_step + 1) % s_walk.Length;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The load is over.
        }
    }

    /// <summary>When all is healed: into a dual stage, copied and validated clean.</summary>
    public async Task FinishAsync(TimeSpan within)
    {
        using CancellationTokenSource late = new(within);
        await ReadStageAsync(late.Token);
        while (!_stage.IsDual())
        {
            await SwitchAsync(_stage == Stage.SourceOnly ? Stage.SourceFirst : Stage.TargetFirst, late.Token);
        }

        await ReadyAsync(plants: false, late.Token);
    }

    /// <summary>One full validation more; its state, and what it found.</summary>
    public async Task<string> ValidateAsync(CancellationToken cancellationToken)
    {
        string answer = await AskAsync("validate", cancellationToken) ?? "Inconclusive 0 0 no answer";
        if (answer.StartsWith("Clean", StringComparison.Ordinal) || answer.StartsWith("Differences", StringComparison.Ordinal))
        {
            Validations++;
        }

        return answer;
    }

    /// <summary>Copied and validated clean, as the gate will ask; in a single-sided stage there is nothing to do.</summary>
    private async Task ReadyAsync(bool plants, CancellationToken cancellationToken)
    {
        await ReadStageAsync(cancellationToken);
        while (_stage == Stage.SourceFirst && await AskAsync("copied", cancellationToken) is not "True")
        {
            // Two at once: each takes ranges of its own.
            await Task.WhenAll(AskAsync("backfill", cancellationToken), AskAsync("backfill", cancellationToken));
            Backfills++;
        }

        if (!_stage.IsDual())
        {
            return;
        }

        foreach (ExcusedTime open in Excused.Where(time => time.Ended == long.MaxValue))
        {
            open.Ended = LedgerFile.Now;
        }

        if (plants)
        {
            await _planter.PlantAsync(_stage.Follower());
        }

        while (true)
        {
            long began = LedgerFile.Now;
            string answer = await ValidateAsync(cancellationToken);
            if (answer.StartsWith("Clean", StringComparison.Ordinal))
            {
                foreach (ExcusedTime healed in Excused.Where(time => time.Ended <= began && time.HealedAt == long.MaxValue))
                {
                    healed.HealedAt = LedgerFile.Now;
                }

                return;
            }

            say($"validation: {answer}");
            await Task.Delay(300, cancellationToken);
        }
    }

    /// <summary>Switches through the gate; false: not now, and the walk looks again where it stands.</summary>
    private async Task<bool> SwitchAsync(Stage to, CancellationToken cancellationToken)
    {
        Stopwatch tried = Stopwatch.StartNew();
        while (tried.Elapsed < TimeSpan.FromSeconds(8))
        {
            if (_stage.IsDual() != to.IsDual())
            {
                // Leaving dual writing, or on the way back: from before it is left until it is there again, and copied.
                if (Excused.All(time => time.Ended != long.MaxValue))
                {
                    Excused.Add(new(LedgerFile.Now));
                }
            }

            await AskAsync("switch " + to.ToWireName(), cancellationToken);
            await ReadStageAsync(cancellationToken);
            if (_stage == to)
            {
                return true;
            }

            await Task.Delay(300, cancellationToken);
        }

        return _stage == to;
    }

    private async Task ReadStageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await AskAsync("stage", cancellationToken) is { } answer)
            {
                string[] parts = answer.Split(' ');
                StageExtensions.TryParseWireName(parts[0], out Stage stage);
                if (stage != _stage)
                {
                    say($"stage: {_stage.ToWireName()} -> {stage.ToWireName()}, epoch {parts[1]}");
                    Switches++;
                }

                _stage = stage;
                return;
            }

            await Task.Delay(200, cancellationToken);
        }
    }

    /// <summary>Asks one service of those that are there; null: it refused, or died.</summary>
    private async Task<string?> AskAsync(string command, CancellationToken cancellationToken)
    {
        ServiceProcess[] up = [.. fleet.Services.Where(service => service.IsUp)];
        if (up.Length == 0)
        {
            await Task.Delay(200, cancellationToken);
            return null;
        }

        ServiceProcess asked = up[_random.Next(up.Length)];
        try
        {
            return await asked.AskAsync(command, s_patience);
        }
        catch (RefusedException exception)
        {
            say($"{asked.Name} {command}: {exception.Message}");
        }
        catch (ServiceGoneException)
        {
            say($"{asked.Name} {command}: died");
        }
        catch (TimeoutException)
        {
            // What was asked may happen yet: it must not, when the walk goes on.
            say($"{asked.Name} {command}: no answer within {s_patience.TotalSeconds:0} s, killed");
            await asked.KillAsync();
        }

        return null;
    }
}

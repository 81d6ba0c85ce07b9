using System.Diagnostics;
using System.Globalization;
using DbMove.Protocol.Tests.Setup;
using DbMove.Telemetry;

namespace DbMove.Crash.Tests.Setup;

/// <summary>One cell of the matrix: two databases, a process that is killed, who comes after it, and what plain SQL says.</summary>
internal sealed class Cell(CrashMatrix matrix, bool isSqlite, string source, string target, Func<Task> giveBack) : IAsyncDisposable
{
    private const int KilledBySignal9 = 128 + 9;

    private readonly List<Migration> _migrations = [];

    /// <summary>An override with a reason, where a cell is not about the gate.</summary>
    public static SwitchOptions Forced { get; } = new() { OverrideGate = true, Reason = "the cell is not about the gate" };

    /// <summary>What must be in the authority: every write that was acknowledged.</summary>
    public Books Books { get; } = new();

    /// <summary>The writes that were acknowledged, in their order.</summary>
    public List<string> Acknowledged { get; } = [];

    public Database Source { get; } = new(source, !isSqlite);

    public Database Target { get; } = new(target, !isSqlite);

    public Database On(Side side) => side == Side.Source ? Source : Target;

    /// <summary>Starts a process, kills it with signal 9 where it stands, and looks at once at what it has left.</summary>
    public async Task KillAsync(string operation, string argument, string point, int occurrence = 1)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        using Process process = matrix.Processes.Take();
        try
        {
            await process.StandardInput.WriteLineAsync(new Job(isSqlite, source, target, operation, argument, point, occurrence).Format());
            string? said;
            while ((said = await process.StandardOutput.ReadLineAsync(patience.Token)) != "reached " + point)
            {
                switch (said?.Split(' ', 2))
                {
                    case ["ack", var write]:
                        Acknowledged.Add(write);
                        Books.Apply(write);
                        break;
                    case ["passed", var passed]:
                        Assert.Contains(passed, ProbePoint.All);
                        break;
                    default:
                        Assert.Fail($"It did not reach {point}: {said ?? "it ended"}");
                        break;
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        Assert.Equal(KilledBySignal9, process.ExitCode);
        matrix.Killed(point);
        await ReadAuthorityAsync();
    }

    /// <summary>The next process of the migration, as far as its start.</summary>
    public async Task<Migration> StartAsync(Action<MigrationOptions>? configure = null)
    {
        Migration migration = new Job(isSqlite, source, target, Operations.Start, string.Empty, string.Empty, 1).Build(configure);
        _migrations.Add(migration);
        await migration.StartAsync();
        return migration;
    }

    /// <summary>Repairs until nothing is open: what the background work does.</summary>
    public static async Task SettleAsync(Migration migration)
    {
        await migration.Clearer.FlushAsync(default);
        for (int round = 0; round < 100 && await migration.IntentRepair.RunOnceAsync(TimeSpan.Zero, default) > 0; round++)
        {
        }
    }

    /// <summary>Writes once more, and looks at everything again.</summary>
    public async Task WriteOnAsync(Migration migration)
    {
        await Writes.RunAsync(migration, Writes.Last);
        Books.Apply(Writes.Last);
        await SettleAsync(migration);
        await AssertBooksAsync();
        if (migration.Stage.IsDual())
        {
            await AssertEqualAsync();
        }
    }

    /// <summary>Exactly one side decides, and it holds what was acknowledged, no more and no less.</summary>
    public async Task AssertBooksAsync()
    {
        Side authority = await ReadAuthorityAsync();
        string balance = authority == Side.Source ? "balance" : "amount";
        List<string> accounts = await On(authority).RowsAsync($"SELECT owner, {balance} FROM account");
        accounts.Sort(StringComparer.Ordinal);
        Assert.Equal(Books.Accounts, accounts);
        Assert.Equal(Books.Entries, await On(authority).RowsAsync("SELECT account_id, line, note FROM entry ORDER BY account_id, line"));
    }

    /// <summary>Both sides hold the same rows under the same keys, and no intent is open on either.</summary>
    public async Task AssertEqualAsync()
    {
        Assert.Equal(await Source.RowsAsync("SELECT id, owner, balance FROM account ORDER BY id"), await Target.RowsAsync("SELECT id, owner, amount FROM account ORDER BY id"));
        const string entries = "SELECT account_id, line, note FROM entry ORDER BY account_id, line";
        Assert.Equal(await Source.RowsAsync(entries), await Target.RowsAsync(entries));
        Assert.Equal((0, 0), (await Source.CountAsync("dbmove_intent"), await Target.CountAsync("dbmove_intent")));
    }

    /// <summary>The side that both control rows together name (DESIGN §3.8), judged here by plain SQL; exactly one.</summary>
    public async Task<Side> ReadAuthorityAsync()
    {
        Control? onSource = await ReadControlAsync(Side.Source);
        Control? onTarget = await ReadControlAsync(Side.Target);
        if (onSource is null or { Stage: Stage.Initial })
        {
            // Before the first switch there is nothing to ask, and whatever the target says decides nothing.
            Assert.True(onTarget is null or { Stage: Stage.Initial });
            return Side.Source;
        }

        Assert.NotNull(onTarget);
        List<Side> deciding = [];
        foreach ((Side side, Control row, Control other) in new[] { (Side.Source, onSource, onTarget), (Side.Target, onTarget, onSource) })
        {
            if (row.Stage.Authority() == side && (!row.IsPrepared || (row.Epoch, row.Stage) == (other.Epoch, other.Stage)))
            {
                deciding.Add(side);
            }
        }

        return Assert.Single(deciding);
    }

    /// <summary>The greatest epoch that any row has named, and whether a switch is half-way.</summary>
    public async Task<(long Epoch, bool IsPrepared)> ReadEpochAsync()
    {
        Control?[] rows = [await ReadControlAsync(Side.Source), await ReadControlAsync(Side.Target)];
        return (rows.Max(row => row?.Epoch ?? 0), rows.Any(row => row is { IsPrepared: true }));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Migration migration in _migrations)
        {
            await migration.DisposeAsync();
        }

        await giveBack();
    }

    private async Task<Control?> ReadControlAsync(Side side)
    {
        string tables = On(side).IsPostgreSql ? "pg_tables WHERE tablename" : "sqlite_master WHERE name";
        if (await On(side).CountAsync($"{tables} = 'dbmove_migration'") == 0)
        {
            return null;
        }

        List<string> rows = await On(side).RowsAsync($"SELECT epoch, stage, prepared FROM dbmove_migration WHERE name = 'bank' AND side = '{side.ToWireName()}'");
        if (rows.Count == 0)
        {
            return null;
        }

        string[] parts = Assert.Single(rows).Split('|');
        Assert.True(StageExtensions.TryParseWireName(parts[1], out Stage stage));
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), stage, parts[2] != "0");
    }

    private sealed record Control(long Epoch, Stage Stage, bool IsPrepared);
}

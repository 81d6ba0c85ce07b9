namespace DbMove.Protocol.Tests.Setup;

/// <summary>The control rows as plain SQL reads them: who decides, by the words of docs/protocol.md and not by the code under test.</summary>
internal static class ControlRows
{
    // Without the signs of life that every instance gives by itself: they are no part of a switch.
    private static readonly string[] s_tables =
    [
        "dbmove_version", "dbmove_migration", "dbmove_intent", "dbmove_check", "dbmove_progress", "dbmove_validation", "dbmove_event", "dbmove_dirty",
        "dbmove_audit",
    ];

    /// <summary>The one stage that the rows name. Fails where two sides decide, or none does.</summary>
    public static async Task<(Stage Stage, long Epoch)> DecideAsync(this Bank bank)
    {
        (string Stage, long Epoch, bool IsPrepared)? source = await ReadAsync(bank, Side.Source), target = await ReadAsync(bank, Side.Target);
        bool agree = source is { } one && target is { } two && one.Stage == two.Stage && one.Epoch == two.Epoch;
        bool bySource = source is { IsPrepared: false, Stage: not ("dst_first" or "dst_only" or "completed") };
        bool byTarget = target is { IsPrepared: false, Stage: "dst_first" or "dst_only" or "completed" } || (target is { IsPrepared: true } && agree);
        bySource |= source is { IsPrepared: true } && agree;
        if (source is null)
        {
            return (Stage.Initial, 0);
        }

        Assert.True(bySource || byTarget, "no side decides");
        if (bySource && byTarget)
        {
            // Only where both say the same may both count.
            Assert.True(agree, $"two authorities: the source says {source}, the target {target}");
        }

        (string stage, long epoch, _) = bySource ? source.Value : target!.Value;
        Assert.True(StageExtensions.TryParseWireName(stage, out Stage decided));
        return (decided, epoch);
    }

    /// <summary>The greatest epoch that was ever written, used or burned.</summary>
    public static async Task<long> GreatestEpochAsync(this Bank bank)
    {
        long greatest = 0;
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            greatest = Math.Max(greatest, await ReadAsync(bank, side) is { } row ? row.Epoch : 0);
        }

        return greatest;
    }

    /// <summary>Everything that the control tables of both sides hold, but for the fleet's.</summary>
    public static async Task<List<string>> EverythingAsync(this Bank bank)
    {
        List<string> everything = [];
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            foreach (string table in s_tables)
            {
                everything.Add($"{side}.{table}");
                everything.AddRange(await ExistsAsync(bank, side, table) ? (await bank.On(side).RowsAsync($"SELECT * FROM {table}")).Order(StringComparer.Ordinal) : ["absent"]);
            }
        }

        return everything;
    }

    private static async Task<(string Stage, long Epoch, bool IsPrepared)?> ReadAsync(Bank bank, Side side)
    {
        if (!await ExistsAsync(bank, side, "dbmove_migration"))
        {
            return null;
        }

        List<string> rows = await bank.On(side).RowsAsync($"SELECT stage, epoch, prepared FROM dbmove_migration WHERE side = '{side.ToWireName()}'");
        return rows.Count == 0 ? null : (rows[0].Split('|')[0], long.Parse(rows[0].Split('|')[1], System.Globalization.CultureInfo.InvariantCulture), rows[0].EndsWith("|1", StringComparison.Ordinal));
    }

    private static async Task<bool> ExistsAsync(Bank bank, Side side, string table) =>
        (await bank.On(side).RowsAsync(bank.On(side).IsPostgreSql
            ? $"SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = '{table}'"
            : $"SELECT 1 FROM sqlite_master WHERE name = '{table}'")).Count > 0;
}

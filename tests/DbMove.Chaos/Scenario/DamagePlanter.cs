using DbMove.Chaos.Bank;
using DbMove.Chaos.Ledger;
using DbMove.Chaos.Traffic;
using Npgsql;

namespace DbMove.Chaos.Scenario;

/// <summary>Damages rows on the follower that nobody writes, by plain SQL: what validation is there for.</summary>
internal sealed class DamagePlanter(ChaosFleet fleet, int seed)
{
    private readonly Random _random = new(StableSeed.Of(seed, 29));
    private readonly HashSet<long> _damaged = [];
    private readonly List<PlantedDamage> _planted = [];

    public IReadOnlyList<PlantedDamage> Planted => _planted;

    /// <summary>Three rows: one is gone, one differs, one is too many.</summary>
    public async Task PlantAsync(Side follower)
    {
        if (_damaged.Count > KeySpace.QuietRows / 2)
        {
            // Enough was found and repaired by then, in a run of hours; every row is damaged once.
            return;
        }

        string balance = follower == Side.Source ? "balance" : "amount";
        long[] rows = [Undamaged(1, KeySpace.QuietRows), Undamaged(1, KeySpace.QuietRows), Undamaged(KeySpace.QuietRows + 1, KeySpace.QuietRows * 2)];
        long at = LedgerFile.Now;
        bool isCertain = true;
        try
        {
            await BankTables.ExecuteAsync(
                fleet.On(follower),
                $"DELETE FROM account WHERE id = {rows[0]}; UPDATE account SET {balance} = {balance} + 1 WHERE id = {rows[1]}; INSERT INTO account VALUES ({rows[2]}, 1, 1, 'too many')");
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            isCertain = false;
        }

        _planted.AddRange(rows.Select(row => new PlantedDamage(row, at, isCertain)));
    }

    private long Undamaged(int least, int most)
    {
        while (true)
        {
            long row = _random.Next(least, most + 1);
            if (_damaged.Add(row))
            {
                return row;
            }
        }
    }
}

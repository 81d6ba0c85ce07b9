using Quickstart.Databases;
using Quickstart.Ledger;
using Quickstart.Seeding;
using Quickstart.Shop;

namespace Quickstart.Scenario;

/// <summary>What the final check found.</summary>
/// <param name="Rows">Rows in the three tables of the final authority.</param>
/// <param name="Writes">Acknowledged writes in the ledger.</param>
/// <param name="Lost">Rows whose last acknowledged write is not what the final authority has.</param>
/// <param name="Differences">Rows that no write touched and that are not as they were seeded, or that nobody wrote.</param>
internal sealed record FinalCheckResult(long Rows, long Writes, long Lost, long Differences);

/// <summary>
/// Holds the final authority, by plain SQL, against the ledger as it is on disk: every row that was written must be as its last
/// acknowledged write left it, and every other row as it was seeded.
/// </summary>
internal sealed class FinalCheck(SeededShop shop, LedgerContent ledger, ICollection<string> wrong)
{
    private long _rows;
    private long _lost;
    private long _differences;

    public async Task<FinalCheckResult> RunAsync(ShopDatabase authority, CancellationToken cancellationToken)
    {
        foreach (ShopTable table in ShopSql.Tables)
        {
            await foreach ((RowKey key, object? expected, object? actual) in SideComparison.MergeAsync(ExpectedAsync(table), authority.ReadAsync(table, cancellationToken)))
            {
                Check(key, expected, actual);
            }
        }

        return new(_rows, ledger.Writes, _lost, _differences);
    }

    private void Check(RowKey key, object? expected, object? actual)
    {
        _rows += actual is null ? 0 : 1;
        if (Equals(expected, actual) || IsUndecided(key, actual))
        {
            return;
        }

        bool isWritten = ledger.Acknowledged.ContainsKey(key);
        _lost += isWritten ? 1 : 0;
        _differences += isWritten ? 0 : 1;
        wrong.Add($"{key} is {actual ?? "absent"}, and {(isWritten ? "its last acknowledged write says" : "it was seeded as")} {expected ?? "absent"}");
    }

    private bool IsUndecided(RowKey key, object? actual) =>
        actual is null ? ledger.Undecided.TryGetValue(key, out List<object?>? images) && images.Contains(null) : ledger.MayExist(key, actual);

    /// <summary>The seeded rows with the ledger's over them, in key order.</summary>
    private async IAsyncEnumerable<object> ExpectedAsync(ShopTable table)
    {
        // A deleted row is absent on both sides of the merge, unless it came back: then it is an unexpected one.
        IEnumerable<object> seeded = shop.Rows(table).Where(row => !ledger.Acknowledged.ContainsKey(RowKey.Of(row)));
        object[] written =
        [
            .. ledger.Acknowledged.Where(each => each.Key.Table == table && each.Value.Row is not null).OrderBy(each => each.Key).Select(each => each.Value.Row!),
        ];
        int next = 0;
        foreach (object row in seeded)
        {
            while (next < written.Length && RowKey.Of(written[next]).CompareTo(RowKey.Of(row)) < 0)
            {
                yield return written[next++];
            }

            yield return row;
        }

        while (next < written.Length)
        {
            yield return written[next++];
        }

        await Task.CompletedTask;
    }
}

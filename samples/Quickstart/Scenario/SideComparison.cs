using Quickstart.Databases;
using Quickstart.Shop;

namespace Quickstart.Scenario;

/// <summary>Merges two streams of rows in key order, and counts where they differ.</summary>
internal static class SideComparison
{
    /// <summary>Rows that differ between the two databases, by plain SQL.</summary>
    public static async Task<long> CountDifferencesAsync(ShopDatabase source, ShopDatabase target, ICollection<string> wrong, CancellationToken cancellationToken)
    {
        long differences = 0;
        foreach (ShopTable table in ShopSql.Tables)
        {
            await foreach ((RowKey key, object? left, object? right) in MergeAsync(source.ReadAsync(table, cancellationToken), target.ReadAsync(table, cancellationToken)))
            {
                if (!Equals(left, right))
                {
                    differences++;
                    wrong.Add($"{key} is {left ?? "absent"} in the source and {right ?? "absent"} in the target");
                }
            }
        }

        return differences;
    }

    public static async IAsyncEnumerable<(RowKey Key, object? Left, object? Right)> MergeAsync(IAsyncEnumerable<object> left, IAsyncEnumerable<object> right)
    {
        await using IAsyncEnumerator<object> one = left.GetAsyncEnumerator();
        await using IAsyncEnumerator<object> other = right.GetAsyncEnumerator();
        object? first = await NextAsync(one);
        object? second = await NextAsync(other);
        while (first is not null || second is not null)
        {
            int order = first is null ? 1 : second is null ? -1 : RowKey.Of(first).CompareTo(RowKey.Of(second));
            yield return (RowKey.Of(order <= 0 ? first! : second!), order <= 0 ? first : null, order >= 0 ? second : null);
            first = order <= 0 ? await NextAsync(one) : first;
            second = order >= 0 ? await NextAsync(other) : second;
        }
    }

    private static async Task<object?> NextAsync(IAsyncEnumerator<object> rows) => await rows.MoveNextAsync() ? rows.Current : null;
}

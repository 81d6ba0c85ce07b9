using DbMove.AotSmoke.Databases;
using DbMove.AotSmoke.Service;
using DbMove.AotSmoke.Traffic;

namespace DbMove.AotSmoke.Journey;

/// <summary>The oracle: every row of both databases by plain SQL, against each other and against the ledger.</summary>
internal static class SideComparison
{
    /// <summary>Both sides hold the same, and what was acknowledged. Nothing may be written meanwhile.</summary>
    public static async Task CompareAsync(SmokeDatabase source, SmokeDatabase target, Ledger ledger)
    {
        Compare("orders", await source.ReadOrdersAsync(), await target.ReadOrdersAsync());
        Compare("lines", await source.ReadLinesAsync(), await target.ReadLinesAsync());
        Compare("parcels", await source.ReadParcelsAsync(), await target.ReadParcelsAsync());
        await CheckAsync(source, ledger);
        await CheckAsync(target, ledger);
    }

    /// <summary>A database holds each row as it was last acknowledged, and the seeded ones.</summary>
    /// <returns>Its rows.</returns>
    public static async Task<int> CheckAsync(SmokeDatabase database, Ledger ledger)
    {
        Dictionary<long, string> orders = await database.ReadOrdersAsync();
        Dictionary<(long Order, int Line), string> lines = await database.ReadLinesAsync();
        Dictionary<Guid, string> parcels = await database.ReadParcelsAsync();
        Check("order", orders, ledger.Orders);
        Check("line", lines, ledger.Lines);
        Check("parcel", parcels, ledger.Parcels);
        Require("orders", orders.Count, SeededShop.Orders + Living(ledger.Orders));
        Require("lines", lines.Count, SeededShop.Orders + Living(ledger.Lines));
        Require("parcels", parcels.Count, Living(ledger.Parcels));
        return orders.Count + lines.Count + parcels.Count;
    }

    /// <summary>The service's own queries say what the side that decides says.</summary>
    public static async Task CompareCustomersAsync(SmokeDatabase authority, ShopClient shop)
    {
        IReadOnlyList<CustomerTotal> told = await shop.ListCustomersAsync();
        SmokeException.Require(told.Count == 200, $"{told.Count} customers are listed, not 200");
        Compare("customers", told.ToDictionary(row => row.Customer, row => RowText.Customer(row.Customer, row.Orders, row.Total)), await authority.ReadCustomersAsync(told.Count));
    }

    private static void Compare<TKey>(string table, Dictionary<TKey, string> source, Dictionary<TKey, string> target)
        where TKey : notnull
    {
        foreach (TKey key in source.Keys.Union(target.Keys))
        {
            string? left = source.GetValueOrDefault(key);
            string? right = target.GetValueOrDefault(key);
            SmokeException.Require(left == right, $"both {table} differ at {key}: {left ?? "absent"} and {right ?? "absent"}");
        }
    }

    private static void Check<TKey>(string what, Dictionary<TKey, string> stored, IEnumerable<KeyValuePair<TKey, string?>> acknowledged)
        where TKey : notnull
    {
        foreach ((TKey key, string? text) in acknowledged)
        {
            string? row = stored.GetValueOrDefault(key);
            SmokeException.Require(row == text, $"{what} {key} is {row ?? "absent"}, and {text ?? "its delete"} was acknowledged");
        }
    }

    private static int Living<TKey>(IEnumerable<KeyValuePair<TKey, string?>> acknowledged) => acknowledged.Count(row => row.Value is not null);

    private static void Require(string table, int count, int expected) => SmokeException.Require(count == expected, $"there are {count} {table}, not {expected}");
}

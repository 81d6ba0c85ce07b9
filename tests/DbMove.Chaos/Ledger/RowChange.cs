namespace DbMove.Chaos.Ledger;

/// <summary>What a write does to one row. A value is the row as text; null: there is none.</summary>
/// <param name="Row">Which row: <c>a</c> and the account's key, or <c>e</c> and the entry's token.</param>
/// <param name="Before">The value before.</param>
/// <param name="After">The value after.</param>
internal sealed record RowChange(string Row, string? Before, string? After)
{
    public static string RowOf(long account) => $"a{account}";

    public static string RowOf(string token) => $"e{token}";

    public static string ValueOfAccount(long balance, long version) => $"{balance}|{version}";

    public static string ValueOfEntry(long account, long amount) => $"{account}|{amount}";
}

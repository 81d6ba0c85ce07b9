using DbMove.Chaos.Bank;
using DbMove.Chaos.Ledger;

namespace DbMove.Chaos.Verdict;

/// <summary>Everything that stands on one side, by plain SQL.</summary>
internal sealed class SideRows
{
    /// <summary>Every row with every column, by table and key: what the sides are compared by.</summary>
    public Dictionary<string, string> Raw { get; } = [];

    /// <summary>The same rows as ledgers name them.</summary>
    public Dictionary<string, string> Values { get; } = [];

    public static async Task<SideRows> ReadAsync(string connection, Side side)
    {
        SideRows rows = new();
        string balance = side == Side.Source ? "balance" : "amount";
        foreach ((long id, long amount, long version, string? note) in await BankTables.QueryAsync(
            connection, $"SELECT id, {balance}, version, note FROM account", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetString(3))))
        {
            rows.Raw.Add($"account {id}", $"{amount}|{version}|{note ?? "null"}");
            string value = RowChange.ValueOfAccount(amount, version);
            rows.Values.Add(RowChange.RowOf(id), note == Account.NoteOf(id, version) ? value : $"{value} with the note '{note}'");
        }

        foreach ((long id, long account, string token, long amount) in await BankTables.QueryAsync(
            connection, "SELECT id, account_id, token, amount FROM entry", row => (row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3))))
        {
            rows.Raw.Add($"entry {id}", $"{account}|{token}|{amount}");
            rows.Values.Add(RowChange.RowOf(token), RowChange.ValueOfEntry(account, amount));
        }

        return rows;
    }
}

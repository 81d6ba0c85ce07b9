using DbMove.Migrations.Tests.Databases;

namespace DbMove.Migrations.Tests.Pgbench;

/// <summary>
/// Every account as it must be: what pgbench made, and over it what was acknowledged. A key is written by one writer at a
/// time, which holds it from before the write until the ledger has its outcome.
/// </summary>
internal sealed class AccountLedger(int accounts)
{
    private readonly PgbenchAccount?[] _rows = [.. Enumerable.Range(0, accounts + 1).Select(id => id == 0 ? null : Made(id))];
    private readonly int[] _held = new int[accounts + 1];
    private int _writes;
    private int _deletes;

    /// <summary>Acknowledged writes.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Deletes among them.</summary>
    public int Deletes => Volatile.Read(ref _deletes);

    public int Accounts => accounts;

    public PgbenchAccount? this[int id] => Volatile.Read(ref _rows[id]);

    /// <summary>Takes a key for a write. False: another writer has it.</summary>
    public bool TryHold(int id) => Interlocked.CompareExchange(ref _held[id], 1, 0) == 0;

    /// <summary>Notes the outcome of a write, null for a delete, and gives the key back.</summary>
    public void Acknowledge(int id, PgbenchAccount? image)
    {
        Volatile.Write(ref _rows[id], image);
        Interlocked.Increment(ref _writes);
        if (image is null)
        {
            Interlocked.Increment(ref _deletes);
        }

        Release(id);
    }

    public void Release(int id) => Volatile.Write(ref _held[id], 0);

    /// <summary>The rows as a plain SELECT must give them, in key order.</summary>
    public IEnumerable<string> Rows() => _rows
        .OfType<PgbenchAccount>()
        .Select(row => string.Join('|', CanonicalText.Of(row.Id), CanonicalText.Of(row.Branch), CanonicalText.Of(row.Balance), Padded(row.Filler)));

    private static PgbenchAccount Made(int id) =>
        new() { Id = id, Branch = ((id - 1) / PgbenchDatabase.AccountsPerBranch) + 1, Balance = 0, Filler = "" };

    // filler is char(84): the server pads it with blanks, which mean nothing and are not in an entity.
    private static string Padded(string? filler) => filler?.PadRight(84) ?? CanonicalText.Null;
}

namespace DbMove.Protocol.Tests.Setup;

/// <summary>The statements that tests run on accounts; the balance has another name on the target.</summary>
public sealed partial class AccountRepository
{
    [Sql("UPDATE account SET balance = balance + @by WHERE owner = @owner",
        Target = "UPDATE account SET amount = amount + @by WHERE owner = @owner")]
    public partial Task<int> AddAsync(string owner, long by, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("UPDATE account AS a SET balance = @balance WHERE a.owner = @owner",
        Target = "UPDATE account AS a SET amount = @balance WHERE a.owner = @owner")]
    public partial Task<Account?> SetBalanceAsync(string owner, int balance, DualWriteTransaction? transaction = null);

    [Sql("DELETE FROM account WHERE balance < @least", Target = "DELETE FROM account WHERE amount < @least")]
    public partial ValueTask<IReadOnlyList<Account>> DeletePoorAsync(long least, DualWriteTransaction? transaction = null);

    [Sql("INSERT INTO account (owner, balance) SELECT owner || @suffix, balance FROM account",
        Target = "INSERT INTO account (owner, amount) SELECT owner || @suffix, amount FROM account")]
    public partial Task<int> CopyAllAsync(string suffix, DualWriteTransaction? transaction = null);

    [Sql("INSERT INTO account (owner, email, balance) VALUES (@owner, @email, 0) RETURNING id",
        Target = "INSERT INTO account (owner, email, amount) VALUES (@owner, @email, 0) RETURNING id")]
    public partial Task<long> OpenAsync(string owner, string? email, DualWriteTransaction? transaction = null);

    [Sql("UPDATE account SET email = email || 'x'")]
    public partial Task<int> LengthenEmailsAsync();

    [Sql("SELECT * FROM account WHERE owner LIKE @owner")]
    public partial Task<Account?> FindByOwnerAsync(string owner, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("SELECT * FROM account WHERE id IN (@first, @second) ORDER BY id DESC")]
    public partial Task<IReadOnlyList<Account>> FindTwoAsync(long first, long second);

    [Sql("SELECT * FROM account ORDER BY id")]
    public partial IAsyncEnumerable<Account> StreamAsync(DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("SELECT owner, SUM(balance) AS total_held, COUNT(*) AS accounts, MAX(email) AS email FROM account GROUP BY owner ORDER BY owner",
        Target = "SELECT owner, SUM(amount) AS total_held, COUNT(*) AS accounts, MAX(email) AS email FROM account GROUP BY owner ORDER BY owner")]
    public partial Task<IReadOnlyList<Holding>> SumAsync(DualWriteTransaction? transaction = null);

    [Sql("SELECT COUNT(*) FROM account")]
    public partial Task<int> CountAsync(DualWriteTransaction? transaction = null);

    [Sql("SELECT email FROM account WHERE owner = @owner")]
    public partial Task<string?> FindEmailAsync(string owner);

    [Sql("SELECT * FROM entry e JOIN account a ON a.id = e.account_id JOIN account b ON b.id = a.id")]
    public partial Task<IReadOnlyList<Account>> FindOfEntriesAsync();

    [Sql("SELECT abs(id) FROM account", Target = "SELECT touch(id) FROM account")]
    public partial IAsyncEnumerable<long> TouchAsync(DualWriteTransaction? transaction = null);

    [Sql("SELECT produced(a.id) FROM account a CROSS JOIN account b")]
    public partial IAsyncEnumerable<string> StreamPairsAsync(DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("SELECT produced(a.id) FROM account a CROSS JOIN account b")]
    public partial Task<string?> FindPairAsync();
}

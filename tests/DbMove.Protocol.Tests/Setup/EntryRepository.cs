namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements on an entity whose key is of two columns.</summary>
public sealed partial class EntryRepository
{
    [Sql("UPDATE entry SET note = @note WHERE account_id = @accountId")]
    public partial Task<IReadOnlyList<Entry>> NoteAllAsync(long accountId, string? note, DualWriteTransaction? transaction = null);

    [Sql("UPDATE entry SET note = @note WHERE account_id = @accountId AND line = @line")]
    public partial Task<Entry?> NoteAsync(long accountId, int line, string? note, DualWriteTransaction? transaction = null);

    [Sql("INSERT INTO entry (account_id, line, note) SELECT account_id, line + @by, note FROM entry WHERE account_id = @accountId")]
    public partial Task<int> CopyAsync(long accountId, int by, DualWriteTransaction? transaction = null);

    [Sql("DELETE FROM entry WHERE line > @line")]
    public partial Task<IReadOnlyList<Entry>> DeleteAfterAsync(int line, DualWriteTransaction? transaction = null);

    [Sql("SELECT * FROM entry WHERE account_id = @accountId AND line = @line")]
    public partial Task<Entry?> FindOneAsync(long accountId, int line, DualWriteTransaction? transaction = null);

    [Sql("SELECT e.* FROM entry AS e JOIN account AS a ON a.id = e.account_id WHERE a.owner = @owner ORDER BY e.line")]
    public partial IAsyncEnumerable<Entry> StreamOfAsync(string owner, DualWriteTransaction? transaction = null);
}

using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Events;

/// <summary>The statements on the rows of events that lead them to a broker.</summary>
internal sealed class RelayStore
{
    private const int LostAtOnce = 10_000;
    private const int OverdueAtOnce = 1_000;

    private readonly string _migration;
    private readonly string _any;
    private readonly string _next;
    private readonly string _claim;
    private readonly string _mark;
    private readonly string _release;
    private readonly string _remove;
    private readonly string _published;
    private readonly string _overdue;
    private readonly string _lost;
    private readonly string _again;

    public RelayStore(SqlSyntax syntax, ControlNames names)
    {
        _migration = names.Migration;
        (string table, string now) = (syntax.Quote(names.Event), syntax.NowMilliseconds);
        string waiting = $"migration = @migration AND dead_at IS NULL AND published_at IS NULL AND visible_at <= {now}";
        string these = $"id IN ({syntax.Int64sFromJson("@ids")})";
        _any = $"SELECT id FROM {table} WHERE {waiting} LIMIT 1";
        _next = $"SELECT {StoredEvent.Columns(now)} FROM {table} WHERE {waiting} ORDER BY id LIMIT @limit {syntax.ForUpdateSkipLocked}".TrimEnd();

        // Whoever had it let its lease run out; a consumer that wakes late must not give it back or up any more.
        _claim = $"UPDATE {table} SET lease = NULL, visible_at = {now} + @length WHERE {these}";

        // The publication's number: an answer that comes late must not mark a later one.
        _mark = $"UPDATE {table} SET published_at = {now} WHERE {these} AND publication = @publication AND published_at IS NULL";

        // A consumer may have it already: the broker delivers before it answers the publisher.
        string unheld = "published_at IS NULL AND lease IS NULL AND dead_at IS NULL";
        _release = $"UPDATE {table} SET visible_at = {now} + @delay WHERE {these} AND {unheld}";
        _remove = $"DELETE FROM {table} WHERE id = @id AND {unheld}";
        _published = $"SELECT id, publication FROM {table} WHERE migration = @migration AND dead_at IS NULL AND published_at <= {now} - @age ORDER BY id LIMIT {LostAtOnce}";

        // Longer with each publication, so that a long backlog is not multiplied by what is sent again. Visible for so long too: what
        // a consumer has, or holds back for its next try, is in nobody's way.
        string overdue = $"published_at <= {now} - @age * publication AND visible_at <= {now} - @age * publication";
        _overdue = $"SELECT id, publication FROM {table} WHERE migration = @migration AND dead_at IS NULL AND {overdue} ORDER BY id LIMIT {OverdueAtOnce}";
        _lost = $"UPDATE {table} SET publication = publication + 1, published_at = NULL WHERE {these} AND publication = @publication AND published_at IS NOT NULL AND dead_at IS NULL";
        _again = $"{_lost} AND visible_at <= {now}";
    }

    /// <summary>Whether there may be one to publish. Reads only, so that an idle relay never holds up a writer.</summary>
    public async Task<bool> AnyAsync(SideSession session, CancellationToken cancellationToken) =>
        (await session.QueryAsync(_any, Of(), static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>Takes the oldest events that are to be published, for so long; other relays pass them by.</summary>
    public async Task<List<StoredEvent>> ClaimAsync(SideSession session, int limit, TimeSpan length, CancellationToken cancellationToken)
    {
        List<StoredEvent> claimed = await session.QueryAsync(
            _next, Of(new SqlArgument("limit", (long)limit)), row => StoredEvent.Read(row, _migration), cancellationToken).ConfigureAwait(false);
        if (claimed.Count > 0)
        {
            await session.ExecuteAsync(_claim, new[] { Ids(claimed.Select(stored => stored.RowId)), new("length", (long)length.TotalMilliseconds) }, cancellationToken).ConfigureAwait(false);
        }

        return claimed;
    }

    /// <summary>The broker keeps them.</summary>
    public async Task MarkAsync(SideSession session, IEnumerable<StoredEvent> published, CancellationToken cancellationToken)
    {
        // One statement as a rule: nearly every event is published once.
        foreach (IGrouping<int, StoredEvent> same in published.GroupBy(stored => stored.Publication))
        {
            await session.ExecuteAsync(_mark, new[] { Ids(same.Select(stored => stored.RowId)), new("publication", (long)same.Key) }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives them back to every relay, after a delay.</summary>
    public Task ReleaseAsync(SideSession session, IEnumerable<StoredEvent> claimed, TimeSpan delay, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_release, new[] { Ids(claimed.Select(stored => stored.RowId)), new("delay", (long)delay.TotalMilliseconds) }, cancellationToken);

    /// <summary>Removes an event that its halves stand for. False: someone else has it by now.</summary>
    public async Task<bool> RemoveAsync(SideSession session, StoredEvent whole, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(_remove, new SqlArgument[] { new("id", whole.RowId) }, cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>Rows and publications that the broker took so long ago at least.</summary>
    public Task<List<(long RowId, long Publication)>> ListPublishedAsync(SideSession session, TimeSpan age, CancellationToken cancellationToken) =>
        session.QueryAsync(_published, Of(new SqlArgument("age", (long)age.TotalMilliseconds)), static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken);

    /// <summary>Those that still stand in the same publication are to be published again, as another. Returns how many.</summary>
    public Task<int> PublishAgainAsync(SideSession session, IEnumerable<(long RowId, long Publication)> published, CancellationToken cancellationToken) =>
        PublishAgainAsync(session, _lost, published, cancellationToken);

    /// <summary>Rows and publications that the broker took so long ago at least, times the publication's number, and that nobody has taken for as long.</summary>
    public Task<List<(long RowId, long Publication)>> ListOverdueAsync(SideSession session, TimeSpan age, CancellationToken cancellationToken) =>
        session.QueryAsync(_overdue, Of(new SqlArgument("age", (long)age.TotalMilliseconds)), static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken);

    /// <summary>Those that still stand in the same publication, and that nobody has taken, are to be published again, as another. Returns how many.</summary>
    public Task<int> PublishOverdueAsync(SideSession session, IEnumerable<(long RowId, long Publication)> published, CancellationToken cancellationToken) =>
        PublishAgainAsync(session, _again, published, cancellationToken);

    private static async Task<int> PublishAgainAsync(
        SideSession session, string statement, IEnumerable<(long RowId, long Publication)> published, CancellationToken cancellationToken)
    {
        int lost = 0;
        foreach (IGrouping<long, (long RowId, long Publication)> same in published.GroupBy(each => each.Publication))
        {
            lost += await session.ExecuteAsync(statement, new[] { Ids(same.Select(each => each.RowId)), new("publication", same.Key) }, cancellationToken).ConfigureAwait(false);
        }

        return lost;
    }

    private static SqlArgument Ids(IEnumerable<long> rows) => new("ids", "[" + string.Join(',', rows) + "]");

    private SqlArgument[] Of(params SqlArgument[] more) => [new("migration", _migration), .. more];
}

using System.Data.Common;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Events;

/// <summary>The statements on the rows of events, which stand on the target, that every channel on them needs.</summary>
internal sealed class EventStore
{
    private readonly string _migration;
    private readonly string _insert;
    private readonly string _adopt;
    private readonly string _insertDead;
    private readonly string _find;
    private readonly string _visible;
    private readonly string _next;
    private readonly string _lease;
    private readonly string _extend;
    private readonly string _complete;
    private readonly string _retry;
    private readonly string _return;
    private readonly string _giveUp;
    private readonly string _open;
    private readonly string _dead;
    private readonly string _revive;
    private readonly string _droppable;
    private readonly string _atOnce;
    private readonly string _drop;
    private readonly string _only;

    public EventStore(SqlSyntax syntax, ControlNames names)
    {
        _migration = names.Migration;
        (string table, string now) = (syntax.Quote(names.Event), syntax.NowMilliseconds);
        string ready = $"migration = @migration AND dead_at IS NULL AND visible_at <= {now}";
        string columns = StoredEvent.Columns(now);
        string insert = $"INSERT INTO {table} (migration, event_id, entity, kind, base, key_list, created_at, attempts, visible_at, lease, dead_at, reason) "
            + $"VALUES (@migration, @event_id, @entity, @kind, @base, @key_list, @created_at, @attempts, {now}, NULL, ";
        _insert = insert + "NULL, NULL)";

        // Published: the message is there already, and is the one that leads to the row.
        _adopt = insert.Replace("reason)", "reason, published_at)", StringComparison.Ordinal) + $"NULL, NULL, {now})";
        _insertDead = insert + $"{now}, @reason)";
        _find = $"SELECT {columns} FROM {table} WHERE migration = @migration AND event_id = @event_id ORDER BY CASE WHEN dead_at IS NULL THEN 0 ELSE 1 END, id LIMIT 1{syntax.ForUpdate}";
        _visible = $"SELECT id FROM {table} WHERE {ready} LIMIT 1";
        _next = $"SELECT {columns} FROM {table} WHERE {ready} ORDER BY id LIMIT 1 {syntax.ForUpdateSkipLocked}".TrimEnd();
        _lease = $"UPDATE {table} SET lease = @lease, visible_at = {now} + @length, attempts = attempts + 1 WHERE id = @id AND dead_at IS NULL";
        _extend = $"UPDATE {table} SET visible_at = {now} + @length WHERE id = @id AND lease = @lease";

        // Also without the lease: what has been repaired and committed is done, whoever has it by now. Otherwise repairs that take longer
        // than a lease would take it from each other until it is dead. Not if it was given up, or brought back since.
        _complete = $"DELETE FROM {table} WHERE id = @id AND (lease = @lease OR (dead_at IS NULL AND publication = @publication))";
        _retry = $"UPDATE {table} SET lease = NULL, visible_at = {now} + @delay, reason = @reason WHERE id = @id AND lease = @lease";
        _return = $"UPDATE {table} SET lease = NULL, visible_at = {now} + @delay, attempts = attempts - 1 WHERE id = @id AND lease = @lease";
        _giveUp = $"UPDATE {table} SET lease = NULL, dead_at = {now}, reason = @reason WHERE id = @id AND (lease = @lease OR @lease = '')";
        _open = $"SELECT COUNT(*), COUNT(dead_at) FROM {table} WHERE migration = @migration";
        _dead = $"SELECT {columns} FROM {table} WHERE migration = @migration AND dead_at IS NOT NULL ORDER BY id LIMIT @limit";

        // A further publication: the broker knows the number of the one that is dead, and would take another of it for the same.
        _revive = $"UPDATE {table} SET dead_at = NULL, lease = NULL, attempts = 0, visible_at = {now}, publication = publication + 1, published_at = NULL WHERE migration = @migration AND dead_at IS NOT NULL";
        _droppable = $"SELECT {columns} FROM {table} WHERE migration = @migration AND dead_at IS NOT NULL";
        _atOnce = $" ORDER BY id LIMIT @limit{syntax.ForUpdate}";
        _drop = $"DELETE FROM {table} WHERE id IN ({syntax.Int64sFromJson("@rows")}) AND dead_at IS NOT NULL";
        _only = $" AND event_id IN ({syntax.TextsFromJson("@ids")})";
    }

    public Task InsertAsync(SideSession session, InconsistencyEvent added, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_insert, Row(added), cancellationToken);

    /// <summary>Adds the event of a message that has no row.</summary>
    public Task AdoptAsync(SideSession session, InconsistencyEvent added, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_adopt, Row(added), cancellationToken);

    /// <summary>Adds an event that is dead from the beginning: one that came from elsewhere and cannot be dealt with.</summary>
    public Task InsertDeadAsync(SideSession session, InconsistencyEvent added, string reason, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_insertDead, (SqlArgument[])[.. Row(added), new("reason", reason)], cancellationToken);

    /// <summary>The row of an event, locked; null: there is none.</summary>
    public async Task<StoredEvent?> FindAsync(SideSession session, string eventId, CancellationToken cancellationToken)
    {
        List<StoredEvent> found = await session.QueryAsync(_find, Of(new SqlArgument("event_id", eventId)), Read, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Whether there may be one to take. Reads only, so that an idle consumer never holds up a writer.</summary>
    public async Task<bool> AnyAsync(SideSession session, CancellationToken cancellationToken) =>
        (await session.QueryAsync(_visible, Of(), static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>Finds the next event and locks it; null: none, or another consumer was faster.</summary>
    public async Task<StoredEvent?> FindNextAsync(SideSession session, CancellationToken cancellationToken)
    {
        List<StoredEvent> next = await session.QueryAsync(_next, Of(), Read, cancellationToken).ConfigureAwait(false);
        return next.Count == 0 ? null : next[0];
    }

    /// <summary>Gives an event to a consumer; the caller has its row locked.</summary>
    public async Task<bool> LeaseAsync(SideSession session, long id, string lease, TimeSpan length, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(_lease, Of(new("id", id), new("lease", lease), new("length", (long)length.TotalMilliseconds)), cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>The lease begins anew. False: another has it, or it was ended.</summary>
    public async Task<bool> ExtendAsync(SideSession session, long id, string lease, TimeSpan length, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            _extend, new SqlArgument[] { new("id", id), new("lease", lease), new("length", (long)length.TotalMilliseconds) }, cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>Removes an event whose repair has committed, by whoever was given it in this publication.</summary>
    public async Task<bool> CompleteAsync(SideSession session, StoredEvent repaired, string lease, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            _complete, new SqlArgument[] { new("id", repaired.RowId), new("lease", lease), new("publication", (long)repaired.Publication) }, cancellationToken).ConfigureAwait(false) == 1;

    public async Task<bool> RetryAsync(SideSession session, long id, string lease, string reason, TimeSpan delay, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            _retry, new SqlArgument[] { new("id", id), new("lease", lease), new("reason", reason), new("delay", (long)delay.TotalMilliseconds) }, cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>Brings an event back as if it had not been delivered.</summary>
    public async Task<bool> ReturnAsync(SideSession session, long id, string lease, TimeSpan delay, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            _return, new SqlArgument[] { new("id", id), new("lease", lease), new("delay", (long)delay.TotalMilliseconds) }, cancellationToken).ConfigureAwait(false) == 1;

    /// <param name="session">The session.</param>
    /// <param name="id">The row.</param>
    /// <param name="lease">The lease that must still hold; empty: the caller has the row locked and needs none.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<bool> GiveUpAsync(SideSession session, long id, string lease, string reason, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(_giveUp, new SqlArgument[] { new("id", id), new("lease", lease), new("reason", reason) }, cancellationToken).ConfigureAwait(false) == 1;

    public async Task<EventFigures> CountAsync(SideSession session, CancellationToken cancellationToken) =>
        (await session.QueryAsync(_open, Of(), static row => new EventFigures(row.GetInt64(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false))[0];

    public Task<List<StoredEvent>> ListDeadAsync(SideSession session, int limit, CancellationToken cancellationToken) =>
        session.QueryAsync(_dead, Of(new SqlArgument("limit", (long)limit)), Read, cancellationToken);

    public Task<int> ReviveAsync(SideSession session, IReadOnlyCollection<string>? ids, CancellationToken cancellationToken) =>
        session.ExecuteAsync(ids is null ? _revive : _revive + _only, Of(ids), cancellationToken);

    /// <summary>Some of the dead events, locked.</summary>
    public Task<List<StoredEvent>> FindDeadAsync(SideSession session, IReadOnlyCollection<string>? ids, int limit, CancellationToken cancellationToken) =>
        session.QueryAsync((ids is null ? _droppable : _droppable + _only) + _atOnce, (SqlArgument[])[.. Of(ids), new("limit", (long)limit)], Read, cancellationToken);

    public Task<int> DropAsync(SideSession session, IEnumerable<StoredEvent> dead, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_drop, new SqlArgument[] { new("rows", "[" + string.Join(',', dead.Select(stored => stored.RowId)) + "]") }, cancellationToken);

    private SqlArgument[] Of(params SqlArgument[] more) => [new("migration", _migration), .. more];

    private SqlArgument[] Of(IReadOnlyCollection<string>? ids) => ids is null ? Of() : Of(new SqlArgument("ids", JsonTexts.Write(ids)));

    private SqlArgument[] Row(InconsistencyEvent added) =>
    [
        new("migration", _migration), new("event_id", added.Id), new("entity", added.Entity), new("kind", added.Kind.ToWireName(added.Base)),
        new("base", added.Base.ToWireName()), new("key_list", JsonTexts.Write(added.Keys)), new("created_at", added.CreatedAt.ToUnixTimeMilliseconds()),
        new("attempts", (long)added.Attempts),
    ];

    private StoredEvent Read(DbDataReader row) => StoredEvent.Read(row, _migration);
}

using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Validation;

/// <summary>The statements on one side's keys that wait for verification.</summary>
internal sealed class CheckStore
{
    private readonly string _migration;
    private readonly string _last;
    private readonly string _read;
    private readonly string _delete;
    private readonly string _count;
    private readonly string _add;

    public CheckStore(SqlSyntax syntax, ControlNames names)
    {
        _migration = names.Migration;
        string table = syntax.Quote(names.Check);
        _last = $"SELECT COALESCE(MAX(id), 0) FROM {table} WHERE migration = @migration";
        _read = $"SELECT id, entity, key FROM {table} WHERE migration = @migration AND id > @after AND id <= @up_to ORDER BY id LIMIT @limit";
        _delete = $"DELETE FROM {table} WHERE id IN ({syntax.Int64sFromJson("@ids")})";
        _count = $"SELECT COUNT(*) FROM {table} WHERE migration = @migration AND origin = @origin";
        _add = $"INSERT INTO {table} (migration, entity, key, origin, created_at) SELECT @migration, @entity, keys.*, 'repair', {syntax.NowMilliseconds} FROM ({syntax.TextsFromJson("@keys")}) AS keys";
    }

    /// <summary>The newest one's id: what comes later is for the next pass.</summary>
    public async Task<long> ReadLastIdAsync(SideSession session, CancellationToken cancellationToken) =>
        (await session.QueryAsync(_last, new SqlArgument[] { new("migration", _migration) }, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];

    /// <summary>The next ones in the order in which they came.</summary>
    public Task<List<(long Id, string Entity, string Key)>> ReadAsync(SideSession session, long after, long upTo, int limit, CancellationToken cancellationToken) =>
        session.QueryAsync(
            _read,
            new SqlArgument[] { new("migration", _migration), new("after", after), new("up_to", upTo), new("limit", (long)limit) },
            static row => (row.GetInt64(0), row.GetString(1), row.GetString(2)),
            cancellationToken);

    /// <summary>Removes exactly these, by id: a key that was changed again meanwhile has a row of its own.</summary>
    public Task DeleteAsync(SideSession session, IEnumerable<long> ids, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_delete, new SqlArgument[] { new("ids", "[" + string.Join(',', ids) + "]") }, cancellationToken);

    /// <summary>Adds keys as repaired ones are: the gate is closed until they are verified.</summary>
    public Task AddAsync(SideSession session, string entity, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_add, new SqlArgument[] { new("migration", _migration), new("entity", entity), new("keys", JsonTexts.Write(keys)) }, cancellationToken);

    /// <summary>How many there are of an origin, <c>repair</c> or <c>write</c>.</summary>
    public async Task<long> CountAsync(SideSession session, string origin, CancellationToken cancellationToken) =>
        (await session.QueryAsync(
            _count, new SqlArgument[] { new("migration", _migration), new("origin", origin) }, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
}

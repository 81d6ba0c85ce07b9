using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Pool;

/// <summary>The statements on one side's intents, and on the keys that incremental validation has yet to verify.</summary>
internal sealed class IntentStore
{
    private readonly string _ids;
    private readonly string _keepWritten;
    private readonly string _keepRepaired;
    private readonly string _delete;
    private readonly string _open;
    private readonly string _allOpen;
    private readonly string _openKeys;
    private readonly string _fail;
    private readonly string _summary;
    private readonly string _insert;
    private readonly string _insertMany;
    private readonly string _migration;

    public IntentStore(SideDatabase database, ControlNames names)
    {
        (SqlSyntax syntax, _migration) = (database.Syntax, names.Migration);
        (string intent, string check, string control) = (syntax.Quote(names.Intent), syntax.Quote(names.Check), syntax.Quote(names.MigrationTable));
        _ids = $"id IN ({syntax.Int64sFromJson("@ids")})";
        _keepWritten = $"INSERT INTO {check} (migration, entity, key, origin, created_at) SELECT migration, entity, key, 'write', {syntax.NowMilliseconds} FROM {intent} "
            + $"WHERE {_ids} AND EXISTS (SELECT 1 FROM {control} WHERE name = @migration AND side = @side AND incremental = 1)";
        _keepRepaired = $"INSERT INTO {check} (migration, entity, key, origin, created_at) VALUES (@migration, @entity, @key, 'repair', {syntax.NowMilliseconds})";
        _delete = $"DELETE FROM {intent} WHERE {_ids}";
        _open = $"SELECT id, entity, key FROM {intent} WHERE migration = @migration AND parked_at IS NULL AND retry_at <= {syntax.NowMilliseconds} "
            + $"AND created_at <= {syntax.NowMilliseconds} - @delay ORDER BY id LIMIT @limit";
        _allOpen = $"SELECT id, entity, key FROM {intent} WHERE migration = @migration AND (parked_at IS NULL OR @parked = 1) ORDER BY id LIMIT @limit";
        _openKeys = $"SELECT id, key FROM {intent} WHERE migration = @migration AND entity = @entity AND key IN ({syntax.TextsFromJson("@keys")})";
        _fail = $"UPDATE {intent} SET attempts = attempts + 1, reason = @reason, retry_at = {syntax.NowMilliseconds} + @backoff, "
            + $"parked_at = CASE WHEN @park = 1 AND attempts + 1 >= @limit THEN {syntax.NowMilliseconds} ELSE parked_at END WHERE {_ids}";
        _summary = $"SELECT COUNT(*), COALESCE({syntax.NowMilliseconds} - MIN(created_at), 0), COUNT(parked_at) FROM {intent} WHERE migration = @migration";
        _insert = $"INSERT INTO {intent} (migration, entity, key, operation, epoch, created_at) VALUES (@migration, @entity, @key, @operation, @epoch, {syntax.NowMilliseconds})";
        _insertMany = $"INSERT INTO {intent} (migration, entity, key, operation, epoch, created_at) "
            + $"SELECT @migration, @entity, k.value, 'statement', @epoch, {syntax.NowMilliseconds} FROM ({syntax.TextsFromJson("@keys")}) AS k RETURNING id";
        Side = database.Side;
    }

    public Side Side { get; }

    /// <summary>Clears intents by id, in the session's transaction; while incremental validation is on their keys are kept for it.</summary>
    public async Task ClearAsync(SideSession session, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        SqlArgument list = new("ids", Json(ids));
        await session.ExecuteAsync(
            _keepWritten, new[] { list, new("migration", _migration), new("side", Side.ToWireName()) }, cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync(_delete, new[] { list }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Remembers a repaired key, so that the gate waits until it was verified equal.</summary>
    public Task KeepRepairedAsync(SideSession session, string entity, string key, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_keepRepaired, new SqlArgument[] { new("migration", _migration), new("entity", entity), new("key", key) }, cancellationToken);

    /// <summary>Open intents that are not parked and at least this old, oldest first.</summary>
    public Task<List<(long Id, string Entity, string Key)>> ReadOpenAsync(SideSession session, TimeSpan delay, int limit, CancellationToken cancellationToken) =>
        session.QueryAsync(
            _open,
            new SqlArgument[] { new("migration", _migration), new("delay", (long)delay.TotalMilliseconds), new("limit", (long)limit) },
            static row => (row.GetInt64(0), row.GetString(1), row.GetString(2)),
            cancellationToken);

    /// <summary>Open intents, oldest first, whatever their age; parked ones only when asked for.</summary>
    public Task<List<(long Id, string Entity, string Key)>> ReadAllOpenAsync(SideSession session, bool parked, int limit, CancellationToken cancellationToken) =>
        session.QueryAsync(
            _allOpen,
            new SqlArgument[] { new("migration", _migration), new("parked", parked ? 1L : 0L), new("limit", (long)limit) },
            static row => (row.GetInt64(0), row.GetString(1), row.GetString(2)),
            cancellationToken);

    /// <summary>Every open intent of these keys, parked ones too.</summary>
    public Task<List<(long Id, string Key)>> ReadOpenAsync(SideSession session, string entity, IEnumerable<string> keys, CancellationToken cancellationToken) =>
        session.QueryAsync(
            _openKeys,
            new SqlArgument[] { new("migration", _migration), new("entity", entity), new("keys", JsonTexts.Write(keys)) },
            static row => (row.GetInt64(0), row.GetString(1)),
            cancellationToken);

    /// <summary>Counts a failed repair; with <paramref name="park"/> the intent is parked once it has failed often enough.</summary>
    public Task FailAsync(SideSession session, IReadOnlyCollection<long> ids, string reason, TimeSpan backoff, bool park, int limit, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            _fail,
            new SqlArgument[]
            {
                new("ids", Json(ids)), new("reason", reason), new("backoff", (long)backoff.TotalMilliseconds), new("park", park ? 1L : 0L), new("limit", (long)limit),
            },
            cancellationToken);

    /// <summary>Records an intent outside a write: a row that the backfill could not place yet.</summary>
    public Task AddAsync(SideSession session, string entity, string key, string operation, long epoch, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            _insert,
            new SqlArgument[] { new("migration", _migration), new("entity", entity), new("key", key), new("operation", operation), new("epoch", epoch) },
            cancellationToken);

    /// <summary>Records the intents of keys that a caller's own statements touched. Returns their ids.</summary>
    public Task<List<long>> AddAsync(SideSession session, string entity, IEnumerable<string> keys, long epoch, CancellationToken cancellationToken) =>
        session.QueryAsync(
            _insertMany,
            new SqlArgument[] { new("migration", _migration), new("entity", entity), new("epoch", epoch), new("keys", JsonTexts.Write(keys)) },
            static row => row.GetInt64(0),
            cancellationToken);

    /// <summary>How many are open, how old the oldest is, how many are parked.</summary>
    public async Task<IntentSummary> SummarizeAsync(SideSession session, CancellationToken cancellationToken)
    {
        List<IntentSummary> rows = await session.QueryAsync(
            _summary,
            new SqlArgument[] { new("migration", _migration) },
            static row => new IntentSummary(row.GetInt64(0), TimeSpan.FromMilliseconds(Math.Max(0, row.GetInt64(1))), row.GetInt64(2)),
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    private static string Json(IEnumerable<long> ids) => "[" + string.Join(',', ids) + "]";
}

using System.Data.Common;
using DbMove.Control;
using DbMove.Dialects;

namespace DbMove.Backfill;

/// <summary>The statements on the ranges' rows, which stand on the target with the rows they speak of.</summary>
internal sealed class ProgressStore
{
    private const string Entity = "migration = @migration AND entity = @entity";
    private const string Columns = "part, dual_since, first_key, last_key, reached, done, rows_read, rows_inserted, rows_deferred, rows_estimated";

    private readonly string _migration;
    private readonly string _select;
    private readonly string _incomplete;
    private readonly string _delete;
    private readonly string _insert;
    private readonly string _claimable;
    private readonly string _claim;
    private readonly string _renew;
    private readonly string _release;
    private readonly string _advance;
    private readonly string _sameControl;
    private readonly string _noControl;

    public ProgressStore(SqlSyntax syntax, ControlNames names)
    {
        _migration = names.Migration;
        (string table, string control, string now) = (syntax.Quote(names.Progress), syntax.Quote(names.MigrationTable), syntax.NowMilliseconds);
        string free = $"done = 0 AND (claim IS NULL OR claim = @previous OR claimed_until < {now})";
        _select = $"SELECT {Columns} FROM {table} WHERE {Entity} ORDER BY part";
        _incomplete = $"SELECT entity, COUNT(*), SUM(CASE WHEN done = 1 AND dual_since = @dual_since THEN 0 ELSE 1 END) FROM {table} WHERE migration = @migration GROUP BY entity";
        _delete = $"DELETE FROM {table} WHERE {Entity} AND dual_since < @dual_since";
        _insert = $"INSERT INTO {table} (migration, entity, part, dual_since, first_key, last_key, reached, done, rows_read, rows_inserted, rows_deferred, rows_estimated, claim, claimed_until, updated_at) "
            + $"VALUES (@migration, @entity, @part, @dual_since, @first_key, @last_key, NULL, @done, 0, 0, 0, @estimated, NULL, 0, {now})";
        _claimable = $"SELECT {Columns} FROM {table} WHERE {Entity} AND dual_since = @dual_since AND {free} ORDER BY part LIMIT 1{Suffix(syntax.ForUpdateSkipLocked)}";
        _claim = $"UPDATE {table} SET claim = @claim, claimed_until = {now} + @lease, updated_at = {now} WHERE {Entity} AND part = @part AND dual_since = @dual_since AND {free}";
        _renew = $"UPDATE {table} SET claimed_until = {now} + @lease WHERE {Entity} AND part = @part AND claim = @claim";
        _release = $"UPDATE {table} SET claim = NULL, claimed_until = 0 WHERE {Entity} AND part = @part AND claim = @claim";
        _advance = $"UPDATE {table} SET reached = @reached, done = @done, rows_read = rows_read + @read, rows_inserted = rows_inserted + @inserted, "
            + $"rows_deferred = rows_deferred + @deferred, claimed_until = {now} + @lease, updated_at = {now} WHERE {Entity} AND part = @part AND claim = @claim";
        string row = $"EXISTS (SELECT 1 FROM {control} WHERE name = @migration AND side = 'target'";
        _sameControl = $" AND {row} AND epoch = @epoch AND stage = @stage AND prepared = 0)";
        _noControl = $" AND NOT {row})";
    }

    /// <summary>The ranges of an entity.</summary>
    public Task<List<BackfillRange>> ReadAsync(SideSession session, string entity, CancellationToken cancellationToken) =>
        session.QueryAsync(_select, Of(entity), Parse, cancellationToken);

    /// <summary>The entities that have ranges of this unbroken run of dual writing, all of them copied.</summary>
    public async Task<HashSet<string>> ReadCompleteAsync(SideSession session, long dualSince, CancellationToken cancellationToken)
    {
        List<(string Entity, bool IsComplete)> entities = await session.QueryAsync(
            _incomplete,
            new SqlArgument[] { new("migration", _migration), new("dual_since", dualSince) },
            static row => (row.GetString(0), Convert.ToInt64(row.GetValue(2), System.Globalization.CultureInfo.InvariantCulture) == 0),
            cancellationToken).ConfigureAwait(false);
        return [.. entities.Where(entity => entity.IsComplete).Select(entity => entity.Entity)];
    }

    /// <summary>Replaces the plan of an earlier run of dual writing.</summary>
    public async Task ReplaceAsync(
        SideSession session, string entity, long dualSince, IReadOnlyList<(string? After, string? UpTo)> ranges, long estimate, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(_delete, Of(entity, new SqlArgument("dual_since", dualSince)), cancellationToken).ConfigureAwait(false);
        for (int part = 0; part < Math.Max(1, ranges.Count); part++)
        {
            // An empty table has one range that is done, so that "planned" and "complete" are seen alike.
            (string? after, string? upTo) = ranges.Count == 0 ? (null, null) : ranges[part];
            await session.ExecuteAsync(
                _insert,
                Of(
                    entity, new("part", (long)part), new("dual_since", dualSince), new("first_key", after), new("last_key", upTo),
                    new("done", ranges.Count == 0 ? 1L : 0L), new("estimated", ranges.Count == 0 ? 0 : estimate / ranges.Count)),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a range that is free, whose lease has run out, or that this worker held before. Null: none.</summary>
    public async Task<BackfillRange?> ClaimAsync(
        SideSession session, string entity, long dualSince, string? previous, string claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        SqlArgument[] whose = [new("dual_since", dualSince), new("previous", previous ?? string.Empty)];
        List<BackfillRange> free = await session.QueryAsync(_claimable, Of(entity, whose), Parse, cancellationToken).ConfigureAwait(false);
        return free.Count > 0
            && await session.ExecuteAsync(
                _claim, Of(entity, [.. whose, new("part", free[0].Part), new("claim", claim), Lease(lease)]), cancellationToken).ConfigureAwait(false) == 1
            ? free[0]
            : null;
    }

    /// <summary>Prolongs a claim. False: it is lost.</summary>
    public async Task<bool> RenewAsync(SideSession session, string entity, BackfillClaim claim, TimeSpan lease, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(_renew, Of(entity, Part(claim), Token(claim), Lease(lease)), cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>Gives a range back.</summary>
    public Task ReleaseAsync(SideSession session, string entity, BackfillClaim claim, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_release, Of(entity, Part(claim), Token(claim)), cancellationToken);

    /// <summary>
    /// Advances a range under its claim, in the transaction that wrote its rows and holds the fence. False: the claim is
    /// lost or the target's control row is another than when the range was claimed; the transaction must be rolled back.
    /// </summary>
    public async Task<bool> AdvanceAsync(SideSession session, string entity, BackfillClaim claim, BackfillAdvance advance, TimeSpan lease, CancellationToken cancellationToken)
    {
        SqlArgument[] arguments =
        [
            Part(claim), Token(claim), Lease(lease), new("reached", advance.Reached), new("done", advance.IsDone ? 1L : 0L),
            new("read", (long)advance.Read), new("inserted", (long)advance.Inserted), new("deferred", (long)advance.Deferred),
        ];
        return await session.ExecuteAsync(
            _advance + (claim.Target is null ? _noControl : _sameControl), Of(entity, [.. arguments, .. Control(claim.Target)]), cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Like <see cref="AdvanceAsync"/>, for rows that were written out of turn: moves nothing.</summary>
    public async Task<bool> HoldAsync(SideSession session, string entity, BackfillClaim claim, TimeSpan lease, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            _renew + (claim.Target is null ? _noControl : _sameControl), Of(entity, [Part(claim), Token(claim), Lease(lease), .. Control(claim.Target)]), cancellationToken).ConfigureAwait(false) == 1;

    private static SqlArgument Part(BackfillClaim claim) => new("part", claim.Range.Part);

    private static SqlArgument Token(BackfillClaim claim) => new("claim", claim.Token);

    private static SqlArgument Lease(TimeSpan lease) => new("lease", (long)lease.TotalMilliseconds);

    private static SqlArgument[] Control(ControlRow? target) =>
        target is null ? [] : [new("epoch", target.Epoch), new("stage", target.Stage.ToWireName())];

    private static string Suffix(string clause) => clause.Length == 0 ? clause : " " + clause;

    private static BackfillRange Parse(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), Text(row, 2), Text(row, 3), Text(row, 4), row.GetInt64(5) != 0,
        row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9));

    private static string? Text(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private SqlArgument[] Of(string entity, params SqlArgument[] more) => [new("migration", _migration), new("entity", entity), .. more];
}

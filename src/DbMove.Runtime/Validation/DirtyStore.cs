using DbMove.Dialects;

namespace DbMove.Validation;

/// <summary>
/// The statements on one side's dirty marks: entities of which rows may have changed on the authority without anybody
/// knowing which. A mark is made in the transaction that changes them.
/// </summary>
internal sealed class DirtyStore
{
    private readonly string _migration;
    private readonly string _insert;
    private readonly string _read;
    private readonly string _delete;

    public DirtyStore(SqlSyntax syntax, ControlNames names)
    {
        (_migration, string table) = (names.Migration, syntax.Quote(names.Dirty));
        _insert = $"INSERT INTO {table} (migration, entity, first_key, last_key, epoch, created_at, reason) "
            + $"VALUES (@migration, @entity, NULL, NULL, @epoch, {syntax.NowMilliseconds}, @reason)";
        _read = $"SELECT id, entity FROM {table} WHERE migration = @migration ORDER BY id";
        _delete = $"DELETE FROM {table} WHERE migration = @migration AND id IN ({syntax.Int64sFromJson("@ids")})";
    }

    /// <summary>Marks a whole entity.</summary>
    public Task AddAsync(SideSession session, string entity, long epoch, string reason, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            _insert,
            new SqlArgument[] { new("migration", _migration), new("entity", entity), new("epoch", epoch), new("reason", reason) },
            cancellationToken);

    /// <summary>Every mark, oldest first.</summary>
    public Task<List<(long Id, string Entity)>> ReadAsync(SideSession session, CancellationToken cancellationToken) =>
        session.QueryAsync(_read, new SqlArgument[] { new("migration", _migration) }, static row => (row.GetInt64(0), row.GetString(1)), cancellationToken);

    /// <summary>Removes exactly these marks.</summary>
    public Task RemoveAsync(SideSession session, IEnumerable<long> ids, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_delete, new SqlArgument[] { new("migration", _migration), new("ids", "[" + string.Join(',', ids) + "]") }, cancellationToken);
}

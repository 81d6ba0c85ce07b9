using DbMove.Dialects;

namespace DbMove.Fleet;

/// <summary>The statements on one side's leases. Those on the authority count, by its clock.</summary>
internal sealed class LeaseStore
{
    /// <summary>The lease of the instance that does what one does for all.</summary>
    public const string Scheduler = "scheduler";

    private readonly SqlArgument[] _lease;
    private readonly string _take;
    private readonly string _find;
    private readonly string _insert;
    private readonly string _release;
    private readonly string _exclude;

    public LeaseStore(SqlSyntax syntax, ControlNames names)
    {
        _lease = [new("migration", names.Migration), new("name", Scheduler)];
        (string table, string now) = (syntax.Quote(names.Lease), syntax.NowMilliseconds);
        _take = $"UPDATE {table} SET holder = @holder, expires_at = {now} + @length WHERE migration = @migration AND name = @name AND (holder = @holder OR expires_at <= {now})";
        _find = $"SELECT holder FROM {table} WHERE migration = @migration AND name = @name";
        _insert = $"INSERT INTO {table} (migration, name, holder, expires_at) VALUES (@migration, @name, @holder, {now} + @length)";
        _release = $"UPDATE {table} SET expires_at = 0 WHERE migration = @migration AND name = @name AND holder = @holder";
        _exclude = syntax.ExcludeOthers("@table");
        Table = names.Lease;
    }

    private string Table { get; }

    /// <summary>Takes the lease if it is free, has run out, or is the holder's already.</summary>
    /// <returns>Whether the holder has it once the transaction commits.</returns>
    public async Task<bool> TryTakeAsync(SideSession session, string holder, TimeSpan length, CancellationToken cancellationToken)
    {
        SqlArgument[] arguments = [.. _lease, new("holder", holder), new("length", (long)length.TotalMilliseconds)];
        if (await session.ExecuteAsync(_take, arguments, cancellationToken).ConfigureAwait(false) == 1)
        {
            return true;
        }

        if (await ExistsAsync(session, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        // Once in the life of a migration. Two that insert at the same time would end one of the two transactions.
        if (_exclude.Length > 0)
        {
            await session.ExecuteAsync(_exclude, new SqlArgument[] { new("table", Table) }, cancellationToken).ConfigureAwait(false);
            if (await ExistsAsync(session, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return await session.ExecuteAsync(_insert, arguments, cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Lets the next one have it at once.</summary>
    public Task ReleaseAsync(SideSession session, string holder, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_release, (SqlArgument[])[.. _lease, new("holder", holder)], cancellationToken);

    private async Task<bool> ExistsAsync(SideSession session, CancellationToken cancellationToken) =>
        (await session.QueryAsync(_find, _lease, static row => row.GetString(0), cancellationToken).ConfigureAwait(false)).Count > 0;
}

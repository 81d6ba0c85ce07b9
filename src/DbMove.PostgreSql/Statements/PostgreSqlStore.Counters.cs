using DbMove.Dialects;

namespace DbMove.PostgreSql.Statements;

/// <content>The counters behind auto-numbered columns.</content>
internal sealed partial class PostgreSqlStore<TEntity, TKey, TMap>
{
    public async Task<long?> ReadIdentityAsync(SideSession session, CancellationToken cancellationToken)
    {
        long? greatest = null;
        foreach (ColumnBinding column in NumberedColumns())
        {
            // A sequence's last value includes the numbers that sessions hold in their caches.
            long used = await ReadSequenceAsync(session, await FindSequenceAsync(session, column, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
            List<long> stored = await session.QueryAsync(
                $"SELECT coalesce(max(t.{column.Quoted}), 0)::bigint FROM {_statements.Table} AS t",
                default,
                static row => row.GetInt64(0),
                cancellationToken).ConfigureAwait(false);
            greatest = Math.Max(greatest ?? 0, Math.Max(used, stored[0]));
        }

        return greatest;
    }

    public async Task AdvanceIdentityAsync(SideSession session, long used, CancellationToken cancellationToken)
    {
        foreach (ColumnBinding column in NumberedColumns())
        {
            string sequence = await FindSequenceAsync(session, column, cancellationToken).ConfigureAwait(false);
            if (await ReadSequenceAsync(session, sequence, cancellationToken).ConfigureAwait(false) < used)
            {
                SqlArgument[] arguments = [new("sequence", sequence), new("used", used)];
                await session.QueryAsync(
                    "SELECT setval(@sequence::regclass, @used)", arguments, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The name comes quoted from the server. A sequence never used yet counts as one before its start.
    private static async Task<long> ReadSequenceAsync(SideSession session, string sequence, CancellationToken cancellationToken)
    {
        List<long> last = await session.QueryAsync(
            $"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence}",
            default,
            static row => row.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        return last[0];
    }

    // The numbers of a column of one side are its own: what the other side used says nothing about them.
    private IEnumerable<ColumnBinding> NumberedColumns() => _statements.Columns.Where(column => column.IsShared && column.Schema.IsAutoNumbered);

    private async Task<string> FindSequenceAsync(SideSession session, ColumnBinding column, CancellationToken cancellationToken)
    {
        SqlArgument[] arguments = [new("table", _statements.Table), new("column", column.Schema.Name)];
        List<string?> found = await session.QueryAsync(
            TableQueries.SequenceOf, arguments, static row => row.IsDBNull(0) ? null : row.GetString(0), cancellationToken).ConfigureAwait(false);
        return found[0] ?? throw new InvalidOperationException(
            $"The sequence behind column \"{column.Schema.Name}\" of {_statements.Definition.Table.Name} cannot be told; "
            + "make it the column's own: ALTER SEQUENCE … OWNED BY.");
    }
}

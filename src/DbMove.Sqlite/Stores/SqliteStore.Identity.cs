using DbMove.Dialects;
using DbMove.Sqlite.Sessions;

namespace DbMove.Sqlite.Stores;

/// <content>
/// The counter of an auto-numbered key. Only AUTOINCREMENT keeps one; without it SQLite goes on from the table's largest
/// row, so there is nothing to move, and a number whose row was deleted at the end may be given out again.
/// </content>
internal sealed partial class SqliteStore<TEntity, TKey, TMap>
{
    public Task<long?> ReadIdentityAsync(SideSession session, CancellationToken cancellationToken)
    {
        ColumnSchema? column = AutoNumbered();
        return SqliteSession.Of(session).RunAsync<long?>(
            false,
            (link, token) =>
            {
                if (column is null)
                {
                    return null;
                }

                long greatest = Single(link, $"SELECT max({SqliteSyntax.Instance.Quote(column.Name)}) FROM {_texts.Table}", token) ?? 0;
                if (column.ReusesNumbers)
                {
                    return Math.Max(greatest, 0);
                }

                List<long> counters = link.Query(
                    "SELECT seq FROM sqlite_sequence WHERE name = @table", [TableArgument()], static row => row.GetInt64(0), token);
                return Math.Max(Math.Max(greatest, 0), counters.Count == 0 ? 0 : counters[0]);
            },
            cancellationToken);
    }

    public Task AdvanceIdentityAsync(SideSession session, long used, CancellationToken cancellationToken)
    {
        ColumnSchema? column = AutoNumbered();
        return column is null
            ? Task.CompletedTask
            : SqliteSession.Of(session).RunAsync(
                true,
                (link, _) =>
                {
                    if (column.ReusesNumbers)
                    {
                        return 0;
                    }

                    SqlArgument[] arguments = [TableArgument(), new("used", used)];
                    int updated = link.Execute("UPDATE sqlite_sequence SET seq = max(seq, @used) WHERE name = @table", arguments);
                    return updated > 0 ? updated : link.Execute("INSERT INTO sqlite_sequence (name, seq) VALUES (@table, @used)", arguments);
                },
                cancellationToken);
    }

    private SqlArgument TableArgument() => new("table", _definition.Table.Name.Name);

    private ColumnSchema? AutoNumbered() => _definition.Table.Columns.FirstOrDefault(column => column.IsAutoNumbered);
}

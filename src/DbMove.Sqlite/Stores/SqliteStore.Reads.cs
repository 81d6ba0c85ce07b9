using System.Diagnostics.CodeAnalysis;
using DbMove.Dialects;
using DbMove.Sqlite.Sessions;
using SQLitePCL;

namespace DbMove.Sqlite.Stores;

/// <content>Reads by key and by range.</content>
internal sealed partial class SqliteStore<TEntity, TKey, TMap>
{
    // Counting up to here is cheap; beyond it a statistic will do.
    private const long CountedRows = 1_000_000;

    public Task<List<TEntity>> FindAsync(SideSession session, IReadOnlyList<TKey> keys, RowLock rowLock, CancellationToken cancellationToken)
    {
        SqliteSession own = SqliteSession.Of(session);
        if (rowLock != RowLock.None && !own.HoldsWriteLock)
        {
            throw new InvalidOperationException("Rows can be locked in a write transaction only.");
        }

        return own.RunAsync(
            false,
            (link, token) =>
            {
                List<TEntity> rows = new(keys.Count);
                foreach (TKey key in keys)
                {
                    token.ThrowIfCancellationRequested();
                    if (TryFind(link, key, out TEntity? row))
                    {
                        rows.Add(row);
                    }
                }

                return rows;
            },
            cancellationToken);
    }

    public Task<List<TEntity>> ReadPageAsync(SideSession session, KeyRange<TKey> range, int limit, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(
            false,
            (link, token) =>
            {
                RowStatement statement = PrepareRange(link, _texts.Pages, range, limit);
                List<TEntity> rows = new(Math.Min(limit, 1024));
                while (statement.Step())
                {
                    token.ThrowIfCancellationRequested();
                    rows.Add(ReadRow(statement));
                }

                statement.Reset();
                return rows;
            },
            cancellationToken);

    public Task<KeyBound<TKey>?> FindBoundaryAsync(SideSession session, KeyRange<TKey> range, int position, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(false, (link, _) => ReadBound(PrepareRange(link, _texts.Boundaries, range, position - 1L)), cancellationToken);

    public Task<KeyBound<TKey>?> FindLastKeyAsync(SideSession session, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(false, (link, _) => ReadBound(link.Prepare(_texts.LastKey)), cancellationToken);

    public Task<long> EstimateRowCountAsync(SideSession session, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(
            false,
            (link, token) =>
            {
                long counted = Single(link, $"SELECT count(*) FROM (SELECT 1 FROM {_texts.Table} LIMIT {CountedRows + 1})", token) ?? 0;
                if (counted <= CountedRows)
                {
                    return counted;
                }

                bool hasStatistics = Single(link, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'", token) > 0;
                long? known = hasStatistics
                    ? link.Query(
                        "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = @table",
                        [new SqlArgument("table", _definition.Table.Name.Name)], static row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), token)[0]
                    : null;
                return known > CountedRows ? known.Value : Single(link, $"SELECT count(*) FROM {_texts.Table}", token) ?? counted;
            },
            cancellationToken);

    private static long? Single(SqliteLink link, string sql, CancellationToken cancellationToken) =>
        link.Query(sql, default, static row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), cancellationToken)[0];

    private bool TryFind(SqliteLink link, TKey key, [MaybeNullWhen(false)] out TEntity row)
    {
        RowStatement statement = link.Prepare(_texts.Find);
        BindKey(statement, key, 0);
        bool isThere = statement.Step();
        row = isThere ? ReadRow(statement) : default;
        statement.Reset();
        return isThere;
    }

    private RowStatement PrepareRange(SqliteLink link, StatementText[] shapes, KeyRange<TKey> range, long number)
    {
        RowStatement statement = link.Prepare(shapes[(range.After.HasValue ? 1 : 0) | (range.UpTo.HasValue ? 2 : 0)]);
        int bound = 0;
        if (range.After is { } after)
        {
            BindKey(statement, after.Value, bound);
            bound += _texts.KeyColumns.Length;
        }

        if (range.UpTo is { } upTo)
        {
            BindKey(statement, upTo.Value, bound);
            bound += _texts.KeyColumns.Length;
        }

        statement.BindInt64(bound + 1, number);
        return statement;
    }

    private KeyBound<TKey>? ReadBound(RowStatement statement)
    {
        KeyBound<TKey>? bound = statement.Step() ? new KeyBound<TKey>(ReadKey(statement)) : null;
        statement.Reset();
        return bound;
    }
}

using DbMove.Dialects;
using Npgsql;

namespace DbMove.PostgreSql.Statements;

/// <content>Ranges of keys: pages, boundaries, digests and sizes.</content>
internal sealed partial class PostgreSqlStore<TEntity, TKey, TMap>
{
    public Task<List<TEntity>> ReadPageAsync(SideSession session, KeyRange<TKey> range, int limit, CancellationToken cancellationToken) =>
        Own(session).RunAsync(
            (Store: this, range, limit),
            static (batch, state) =>
            {
                string text = state.Store._statements.Ranges.Page(state.range.After.HasValue, state.range.UpTo.HasValue);
                AddInt64(state.Store.BindRange(AddCommand(batch, text), state.range), state.limit);
            },
            static (reader, state, token) => ReadRowsAsync(reader, state.Store, token),
            cancellationToken);

    public Task<KeyBound<TKey>?> FindBoundaryAsync(SideSession session, KeyRange<TKey> range, int position, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        return Own(session).RunAsync(
            (Store: this, range, position),
            static (batch, state) =>
            {
                string text = state.Store._statements.Ranges.Boundary(state.range.After.HasValue, state.range.UpTo.HasValue);
                AddInt64(state.Store.BindRange(AddCommand(batch, text), state.range), state.position - 1L);
            },
            static (reader, state, token) => ReadBoundAsync(reader, state.Store, token),
            cancellationToken);
    }

    public Task<KeyBound<TKey>?> FindLastKeyAsync(SideSession session, CancellationToken cancellationToken) =>
        Own(session).RunAsync(
            this,
            static (batch, store) => AddCommand(batch, store._statements.Ranges.LastKey),
            static (reader, store, token) => ReadBoundAsync(reader, store, token),
            cancellationToken);

    public Task<RangeDigest> DigestAsync(SideSession session, KeyRange<TKey> range, CancellationToken cancellationToken)
    {
        if (DigestName is null)
        {
            throw new NotSupportedException($"This server or a column of {_statements.Definition.Table.Name} offers no digest.");
        }

        return Own(session).RunAsync(
            (Store: this, range),
            static (batch, state) =>
            {
                string text = state.Store._statements.Ranges.Digest(state.range.After.HasValue, state.range.UpTo.HasValue);
                state.Store.BindRange(AddCommand(batch, text), state.range);
            },
            static async (reader, _, token) =>
            {
                await reader.ReadAsync(token).ConfigureAwait(false);
                return new RangeDigest(reader.GetInt64(0), reader.GetString(1));
            },
            cancellationToken);
    }

    public async Task<long> EstimateRowCountAsync(SideSession session, CancellationToken cancellationToken)
    {
        SqlArgument table = new("table", _statements.Table);
        List<long?> estimate = await session.QueryAsync(
            TableQueries.EstimateRows, new[] { table }, static row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        if (estimate[0] is long rows)
        {
            return rows;
        }

        List<long> counted = await session.QueryAsync(
            $"SELECT count(*) FROM {_statements.Table}", default, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return counted[0];
    }

    private static async Task<KeyBound<TKey>?> ReadBoundAsync(
        NpgsqlDataReader reader, PostgreSqlStore<TEntity, TKey, TMap> store, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? new KeyBound<TKey>(store.ReadKey(reader)) : null;

    private NpgsqlParameterCollection BindRange(NpgsqlParameterCollection parameters, KeyRange<TKey> range)
    {
        if (range.After is { } after)
        {
            BindKey(parameters, _statements.Keys, after.Value);
        }

        if (range.UpTo is { } upTo)
        {
            BindKey(parameters, _statements.Keys, upTo.Value);
        }

        return parameters;
    }
}

using System.Data.Common;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.AdoNet.Execution;

/// <summary>Rows that become entities, read as the repository's own reads do.</summary>
internal sealed class EntityRows<TEntity, TKey, TMap>(EntityBinding<TEntity, TKey, TMap> binding, SqlStatement statement) : RowSource<TEntity>
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    public override Func<TEntity> Open(DbDataReader reader, Side side, int skip)
    {
        int[] positions = new int[binding.Descriptor.Columns.Length];
        foreach (ColumnDescriptor column in binding.Descriptor.Columns)
        {
            if (!column.IsOn(side))
            {
                positions[column.Ordinal] = -1;
                continue;
            }

            int place = Find(reader, column.NameOn(side), skip, ignoreUnderscores: false);
            positions[column.Ordinal] = place >= 0 ? place : throw new InvalidOperationException(
                $"The result of {statement.Method} has no column '{column.NameOn(side)}', which {column.Member} of {binding.Name} is read from on the {side.ToWireName()}. Select every mapped column, or let the method give a record of the columns that it needs.");
        }

        return binding[side].OpenRows(reader, positions);
    }

    public override async Task<List<TEntity>> ReadAgainAsync(SideSession session, List<TEntity> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0 || binding.Tables[(int)session.Database.Side].Triggers.Count == 0)
        {
            return rows;
        }

        // What RETURNING gives is the row before AFTER triggers. A row that is gone stays what it was.
        Dictionary<string, TEntity> found = (await binding[session.Database.Side].FindAsync(session, [.. rows.Select(TMap.GetKey)], RowLock.None, cancellationToken).ConfigureAwait(false))
            .ToDictionary(static row => TMap.FormatKey(TMap.GetKey(row)), StringComparer.Ordinal);
        return [.. rows.Select(row => found.GetValueOrDefault(TMap.FormatKey(TMap.GetKey(row)), row))];
    }
}

using System.Collections.Concurrent;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Sqlite.Sessions;
using DbMove.Sqlite.Values;
using SQLitePCL;

namespace DbMove.Sqlite.Stores;

/// <content>Unique indexes that an image clashes with: who holds the values, and how they are freed.</content>
internal sealed partial class SqliteStore<TEntity, TKey, TMap>
{
    private readonly ConcurrentDictionary<string, StatementText> _holders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StatementText> _parkings = new(StringComparer.Ordinal);

    public Task<List<TKey>> FindHoldersAsync(SideSession session, TEntity image, UniqueIndexSchema index, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(
            false,
            (link, token) =>
            {
                List<TKey> holders = [];
                StoredColumn[] columns = Mapped(index);
                if (columns.Length == 0)
                {
                    // An expression, or columns that no member maps: the holder cannot be told from the image.
                    return holders;
                }

                // An equals sign finds no null, and nulls clash with nothing.
                StatementText text = _holders.GetOrAdd(
                    index.Name,
                    _ => new StatementText(
                        $"SELECT {_texts.Keys} FROM {_texts.Table} WHERE {string.Join(" AND ", columns.Select((column, number) => $"{_texts.Quoted(column)} = ?{number + 1}"))} "
                        + $"AND NOT ({_texts.KeyEquals(columns.Length)})"));
                RowStatement statement = link.Prepare(text);
                Bind(statement, image, columns);
                BindKey(statement, TMap.GetKey(image), columns.Length);
                while (statement.Step())
                {
                    token.ThrowIfCancellationRequested();
                    holders.Add(ReadKey(statement));
                }

                statement.Reset();
                return holders;
            },
            cancellationToken);

    public Task<bool> TryParkAsync(SideSession session, IReadOnlyList<TKey> keys, UniqueIndexSchema index, CancellationToken cancellationToken)
    {
        // One column with a value of its own frees all the values of the index.
        StoredColumn[] columns = [.. Mapped(index).Where(column => !column.IsKey && !Schema(column).IsComputed)];
        StoredColumn? parked = Array.Find(columns, column => Schema(column).IsNullable) ?? Array.Find(columns, IsParkable);
        if (parked is null)
        {
            return Task.FromResult(false);
        }

        StatementText text = _parkings.GetOrAdd(parked.Name, _ => new StatementText($"UPDATE {_texts.Table} SET {_texts.Quoted(parked)} = ?1 WHERE {_texts.KeyEquals(1)}"));
        return SqliteSession.Of(session).RunAsync(
            true,
            (link, token) =>
            {
                RowStatement statement = link.Prepare(text);
                foreach (TKey key in keys)
                {
                    token.ThrowIfCancellationRequested();
                    if (!TryBindParked(link, statement, parked, token))
                    {
                        return false;
                    }

                    BindKey(statement, key, 1);
                    statement.Finish();
                }

                return true;
            },
            cancellationToken);
    }

    private static bool IsParkable(StoredColumn column) => column.Type is
        ColumnType.String or ColumnType.Guid or ColumnType.SByte or ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64;

    private static long Least(ColumnType type) => type switch
    {
        ColumnType.SByte => sbyte.MinValue,
        ColumnType.Int16 => short.MinValue,
        ColumnType.Int32 => int.MinValue,
        _ => long.MinValue,
    };

    private bool TryBindParked(SqliteLink link, RowStatement statement, StoredColumn column, CancellationToken cancellationToken)
    {
        ValueSink<StatementPlace> sink = new(new StatementPlace(statement.Handle, 1, column));
        if (Schema(column).IsNullable)
        {
            sink.WriteNull();
        }
        else if (column.Type == ColumnType.String)
        {
            sink.Write("dbmove-park-" + Guid.NewGuid().ToString("N"));
        }
        else if (column.Type == ColumnType.Guid)
        {
            sink.Write(Guid.NewGuid());
        }
        else
        {
            long least = Single(link, $"SELECT min(0, coalesce(min({_texts.Quoted(column)}), 0)) FROM {_texts.Table}", cancellationToken) ?? 0;
            if (least <= Least(column.Type))
            {
                return false;
            }

            sink.Write(least - 1);
        }

        return true;
    }

    private ColumnSchema Schema(StoredColumn column) => _definition.Table.FindColumn(column.Name)!;

    /// <summary>The mapped columns of an index; empty unless every one is mapped, and on both sides.</summary>
    private StoredColumn[] Mapped(UniqueIndexSchema index)
    {
        StoredColumn[] columns = [.. index.Columns.SelectMany(name => _texts.Columns.Where(column => column.IsShared && column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))];
        return columns.Length == index.Columns.Count ? columns : [];
    }
}

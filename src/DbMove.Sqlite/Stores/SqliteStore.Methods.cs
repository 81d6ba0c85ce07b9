using System.Data.Common;
using DbMove.Mapping;
using DbMove.Sqlite.Values;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite.Stores;

/// <content>What a caller's own statements bind and return.</content>
internal sealed partial class SqliteStore<TEntity, TKey, TMap>
{
    public string ListColumns(string qualifier) =>
        string.Join(", ", _texts.Columns.Where(column => !column.IsAbsent).Select(column => qualifier.Length > 0 ? $"{qualifier}.{_texts.Quoted(column)}" : _texts.Quoted(column)));

    public Func<TEntity> OpenRows(DbDataReader reader, IReadOnlyList<int> positions)
    {
        SqliteDataReader own = reader as SqliteDataReader ?? throw new ArgumentException("The reader is not one of this dialect's driver.", nameof(reader));
        StoredColumn[] columns = new StoredColumn[reader.FieldCount];

        // A column of the result that no member is read from is never read; but of the first one the side is asked.
        Array.Fill(columns, _texts.Columns[0]);
        for (int ordinal = 0; ordinal < positions.Count; ordinal++)
        {
            if (positions[ordinal] >= 0)
            {
                columns[positions[ordinal]] = _texts.Columns[ordinal];
            }
        }

        return () =>
        {
            sqlite3_stmt handle = own.Handle ?? throw new InvalidOperationException("The reader is closed.");
            MappedColumnReader<RowReader> row = new(new RowReader(handle, columns), positions);
            return TMap.Read(ref row);
        };
    }

    // Each type has one form here, whatever the column is declared as; times are cut down to what both sides hold.
    public bool BindsAlike(int first, int second) => Math.Max(_texts.Columns[first].Granularity, 1) == Math.Max(_texts.Columns[second].Granularity, 1);

    public void Bind(DbCommand command, string name, int ordinal, object? value)
    {
        SqliteParameter parameter = new() { ParameterName = "@" + name };
        ValueSink<CommandPlace> sink = new(new CommandPlace(parameter, _texts.Columns[ordinal]));
        SqlValue.Write(value, ref sink);
        command.Parameters.Add(parameter);
    }
}

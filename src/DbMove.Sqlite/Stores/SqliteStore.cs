using System.Data.Common;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Sqlite.Sessions;
using DbMove.Sqlite.Values;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite.Stores;

/// <summary>The rows of one entity in one SQLite file. One prepared statement a row: SQLite has no round trip to save.</summary>
internal sealed partial class SqliteStore<TEntity, TKey, TMap> : IEntityStore<TEntity, TKey>
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private readonly StoreTexts _texts;
    private readonly StoreDefinition _definition;
    private readonly Func<SqliteLink, ControlPosition> _readControl;

    // RETURNING gives a row as the statement left it, before AFTER triggers change it.
    private readonly bool _readsAgain;

    private readonly bool _referencesItself;

    public SqliteStore(StoreDefinition definition)
    {
        _definition = definition;
        _texts = new StoreTexts(definition);
        _readsAgain = definition.Table.Triggers.Count > 0;
        _referencesItself = definition.Table.ForeignKeys.Any(key => key.Parent == definition.Table.Name);
        _readControl = ReadControl;
        Statements = _texts.ToDictionary();
    }

    public IReadOnlyDictionary<string, string> Statements { get; }

    /// <summary>Reading the rows of a file in this process costs less than a digest would save.</summary>
    public string? DigestName => null;

    public Task<RangeDigest> DigestAsync(SideSession session, KeyRange<TKey> range, CancellationToken cancellationToken) =>
        throw new NotSupportedException("SQLite has no digest of rows.");

    public TKey ReadKey(DbDataReader row)
    {
        sqlite3_stmt handle = (row as SqliteDataReader)?.Handle ?? throw new ArgumentException("The row is not one of this dialect's driver.", nameof(row));
        RowReader reader = new(handle, _texts.KeyColumns);
        return TMap.ReadKey(ref reader);
    }

    private static void Bind(RowStatement statement, TEntity row, StoredColumn[] columns)
    {
        for (int index = 0; index < columns.Length; index++)
        {
            ValueSink<StatementPlace> sink = new(new StatementPlace(statement.Handle, index + 1, columns[index]));
            TMap.WriteColumn(row, columns[index].Descriptor.Ordinal, ref sink);
        }
    }

    private void BindKey(RowStatement statement, TKey key, int before)
    {
        StoredColumn[] columns = _texts.KeyColumns;
        for (int index = 0; index < columns.Length; index++)
        {
            ValueSink<StatementPlace> sink = new(new StatementPlace(statement.Handle, before + index + 1, columns[index]));
            TMap.WriteKey(key, index, ref sink);
        }
    }

    private TEntity ReadRow(RowStatement statement)
    {
        RowReader reader = new(statement.Handle, _texts.Columns);
        try
        {
            return TMap.Read(ref reader);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or ArithmeticException)
        {
            // Of the entity's own code. Unnamed, it would be no error of the data, and end the repair of every row and not of this one.
            throw new InvalidDataException($"Of entity '{TMap.Descriptor.Name}' {reader.Row} cannot be read: a constructor or a setter of the entity, or of a value object, refuses a value. Correct the row.", exception);
        }
        catch (InvalidDataException exception) when (!exception.Message.Contains(reader.Row, StringComparison.Ordinal))
        {
            // What converts a member's value knows the member and not the row.
            throw new InvalidDataException($"{exception.Message} It is {reader.Row}.", exception);
        }
    }

    private TKey ReadKey(RowStatement statement)
    {
        RowReader reader = new(statement.Handle, _texts.KeyColumns);
        return TMap.ReadKey(ref reader);
    }

    private ControlPosition ReadControl(SqliteLink link)
    {
        RowStatement statement = link.Prepare(_texts.Control);
        statement.BindText(1, _definition.Control.Migration);
        statement.BindText(2, _definition.Side.ToWireName());
        ControlPosition position = statement.Step()
            ? new ControlPosition(raw.sqlite3_column_int64(statement.Handle, 0), raw.sqlite3_column_text(statement.Handle, 1).utf8_to_string())
            : default;
        statement.Reset();
        return position;
    }
}

using System.Data.Common;
using System.Globalization;
using DbMove.Dialects;
using DbMove.Mapping;
using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Statements;

/// <summary>The statements of one entity on a PostgreSQL side.</summary>
internal sealed partial class PostgreSqlStore<TEntity, TKey, TMap>(EntityStatements statements) : IEntityStore<TEntity, TKey>
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private readonly EntityStatements _statements = statements;

    public IReadOnlyDictionary<string, string> Statements => _statements.All;

    public string? DigestName => _statements.Ranges.DigestName;

    public TKey ReadKey(DbDataReader row) =>
        ReadKey(row as NpgsqlDataReader ?? throw new ArgumentException("The row is not one of this dialect's driver.", nameof(row)));

    public async Task PrepareImagesAsync(SideSession session, CancellationToken cancellationToken)
    {
        foreach ((string text, ColumnBinding[] columns) in new[] { (_statements.Follower.UpsertOne, _statements.ImageColumns), (_statements.Follower.DeleteOne, _statements.Keys) })
        {
            DbCommand command = await session.CreateCommandAsync(cancellationToken).ConfigureAwait(false);
            await using (command.ConfigureAwait(false))
            {
#pragma warning disable CA2100 // The dialect composed it; every value in it is a parameter.
                command.CommandText = text;
#pragma warning restore CA2100
                foreach (ColumnBinding column in columns)
                {
                    command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = column.DbType });
                }

                await command.PrepareAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static PostgreSqlSession Own(SideSession session) =>
        session as PostgreSqlSession ?? throw new ArgumentException("The session is not one of this dialect.", nameof(session));

    private static void BindColumns(NpgsqlParameterCollection parameters, ColumnBinding[] columns, TEntity row)
    {
        ConvertingSink<ParameterValues> sink = new(new ParameterValues(parameters));
        foreach (ColumnBinding column in columns)
        {
            sink.Column = column;
            TMap.WriteColumn(row, column.Column.Ordinal, ref sink);
        }
    }

    private static void BindKey(NpgsqlParameterCollection parameters, ColumnBinding[] keys, TKey key)
    {
        ConvertingSink<ParameterValues> sink = new(new ParameterValues(parameters));
        for (int position = 0; position < keys.Length; position++)
        {
            sink.Column = keys[position];
            TMap.WriteKey(key, position, ref sink);
        }
    }

    private static void BindKeyArrays(NpgsqlParameterCollection parameters, ColumnBinding[] keys, IReadOnlyList<TKey> values)
    {
        for (int position = 0; position < keys.Length; position++)
        {
            ColumnArray array = ColumnArray.Create(keys[position].Type, values.Count);
            ConvertingSink<ArrayValues> sink = new(new ArrayValues(array)) { Column = keys[position] };
            foreach (TKey key in values)
            {
                TMap.WriteKey(key, position, ref sink);
            }

            parameters.Add(array.ToParameter(keys[position]));
        }
    }

    private static void BindColumnArrays(NpgsqlParameterCollection parameters, ColumnBinding[] columns, IReadOnlyList<TEntity> rows)
    {
        foreach (ColumnBinding column in columns)
        {
            ColumnArray array = ColumnArray.Create(column.Type, rows.Count);
            ConvertingSink<ArrayValues> sink = new(new ArrayValues(array)) { Column = column };
            foreach (TEntity row in rows)
            {
                TMap.WriteColumn(row, column.Column.Ordinal, ref sink);
            }

            parameters.Add(array.ToParameter(column));
        }
    }

    private static void AddText(NpgsqlParameterCollection parameters, string value) =>
        parameters.Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });

    private static void AddInt64(NpgsqlParameterCollection parameters, long value) =>
        parameters.Add(new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint });

    private static NpgsqlParameterCollection AddCommand(NpgsqlBatch batch, string text)
    {
        NpgsqlBatchCommand command = new(text);
        batch.BatchCommands.Add(command);
        return command.Parameters;
    }

    private TEntity ReadRow(NpgsqlDataReader reader, int offset)
    {
        RowReader row = new(reader, _statements.Columns, offset);
        try
        {
            return TMap.Read(ref row);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or ArithmeticException)
        {
            // Of the entity's own code. Unnamed, it would be no error of the data, and end the repair of every row and not of this one.
            throw new InvalidDataException($"Of entity '{TMap.Descriptor.Name}' {NameRow(reader, offset)} cannot be read: a constructor or a setter of the entity, or of a value object, refuses a value. Correct the row.", exception);
        }
        catch (InvalidDataException exception)
        {
            // What converts a value knows the member and not the row.
            throw new InvalidDataException($"{exception.Message} It is {NameRow(reader, offset)}.", exception);
        }
    }

    private string NameRow(NpgsqlDataReader reader, int offset) =>
        $"the row with {string.Join(", ", _statements.Keys.Select(key => string.Create(CultureInfo.InvariantCulture, $"{key.Schema.Name} = {reader.GetValue(offset + key.Column.Ordinal)}")))}";

    private TKey ReadKey(NpgsqlDataReader reader)
    {
        RowReader row = new(reader, _statements.Keys, offset: 0);
        return TMap.ReadKey(ref row);
    }

    private static async Task<List<TEntity>> ReadRowsAsync(
        NpgsqlDataReader reader, PostgreSqlStore<TEntity, TKey, TMap> store, CancellationToken cancellationToken)
    {
        List<TEntity> rows = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(store.ReadRow(reader, offset: 0));
        }

        return rows;
    }

    private static async Task<List<TKey>> ReadKeysAsync(
        NpgsqlDataReader reader, PostgreSqlStore<TEntity, TKey, TMap> store, CancellationToken cancellationToken)
    {
        List<TKey> keys = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.Add(store.ReadKey(reader));
        }

        return keys;
    }
}

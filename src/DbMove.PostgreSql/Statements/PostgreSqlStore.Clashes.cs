using DbMove.Dialects;
using static DbMove.PostgreSql.Statements.EntityStatements;

namespace DbMove.PostgreSql.Statements;

/// <content>What resolves a clash with a unique index other than the key.</content>
internal sealed partial class PostgreSqlStore<TEntity, TKey, TMap>
{
    public async Task<List<TKey>> FindHoldersAsync(SideSession session, TEntity image, UniqueIndexSchema index, CancellationToken cancellationToken)
    {
        // A column that no member maps, or that the other side lacks, has no value to look for; leaving it out finds too many rows rather than too few.
        ColumnBinding[] columns = [.. _statements.Columns.Where(column => column.IsShared && index.Columns.Contains(column.Schema.Name))];
        if (columns.Length == 0)
        {
            return [];
        }

        // "=" finds no null, as nulls do not clash; where the index says that they do, null is looked for too.
        bool nullsClash = _statements.Facts.NullsNotDistinct.Contains(index.Name);
        IEnumerable<string> conditions = columns.Select((column, position) =>
        {
            string value = column.Value(Parameter(position + 1));
            return nullsClash ? $"t.{column.Quoted} IS NOT DISTINCT FROM {value}" : $"t.{column.Quoted} = {value}";
        });
        string text = $"SELECT {_statements.KeyReadList("t")} FROM {_statements.Table} AS t WHERE {string.Join(" AND ", conditions)} "
            + $"AND NOT ({_statements.KeyPredicate("t", columns.Length + 1)})";
        return await Own(session).RunAsync(
            (Store: this, text, columns, image),
            static (batch, state) =>
            {
                Npgsql.NpgsqlParameterCollection parameters = AddCommand(batch, state.text);
                BindColumns(parameters, state.columns, state.image);
                BindKey(parameters, state.Store._statements.Keys, TMap.GetKey(state.image));
            },
            static (reader, state, token) => ReadKeysAsync(reader, state.Store, token),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> TryParkAsync(SideSession session, IReadOnlyList<TKey> keys, UniqueIndexSchema index, CancellationToken cancellationToken)
    {
        (string Column, string Value)? parking = FindParking(index);
        if (parking is not { } place)
        {
            return false;
        }

        if (keys.Count == 0)
        {
            return true;
        }

        string text = $"UPDATE {_statements.Table} AS t SET {place.Column} = {place.Value} "
            + $"FROM {Unnest(_statements.Keys.Length, "k")} WHERE {_statements.KeyJoin("t", "k")}";
        await Own(session).RunAsync(
            (_statements, text, keys),
            static (batch, state) => BindKeyArrays(AddCommand(batch, state.text), state._statements.Keys, state.keys),
            static (reader, _, token) => CountAsync(reader, token),
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    // One column of the index out of the way is enough. Null first, since no value is made up then. Never a column that this
    // side alone has: no image would bring its value back.
    private (string Column, string Value)? FindParking(UniqueIndexSchema index)
    {
        ColumnSchema[] free = [.. index.Columns
            .Where(name => !_statements.Keys.Any(key => key.Schema.Name == name) && !_statements.Columns.Any(column => !column.IsShared && column.Schema.Name == name))
            .Select(_statements.Definition.Table.FindColumn)
            .OfType<ColumnSchema>()
            .Where(column => !column.IsComputed && !column.DeclaredType.EndsWith(CatalogueColumn.AlwaysIdentity, StringComparison.Ordinal))];
        bool nullsClash = _statements.Facts.NullsNotDistinct.Contains(index.Name);
        if (!nullsClash && free.FirstOrDefault(column => column.IsNullable) is { } nullable)
        {
            return (PostgreSqlSyntax.Instance.Quote(nullable.Name), "NULL");
        }

        foreach (ColumnSchema column in free)
        {
            if (MadeUp(column) is string value)
            {
                return (PostgreSqlSyntax.Instance.Quote(column.Name), value);
            }
        }

        return null;
    }

    // Random over a space where a clash is as good as impossible, or next to it (and then it is only an error again). Well
    // inside the type's range, because computed columns calculate with the value.
    private static string? MadeUp(ColumnSchema column) => ColumnBinding.TypeOf(column) switch
    {
        PostgreSqlType.Text or PostgreSqlType.PaddedText when column.MaxLength is null or >= 36 => "gen_random_uuid()::text",
        PostgreSqlType.Uuid => "gen_random_uuid()",
        PostgreSqlType.Bytea => "uuid_send(gen_random_uuid())",
        PostgreSqlType.BigInt => "-1 - floor(random() * 1e17)::bigint",
        PostgreSqlType.Integer => "-1 - floor(random() * 1e9)::integer",
        PostgreSqlType.Numeric when column.Precision is null || column.Precision - column.Scale >= 18 =>
            "-1 - floor(random() * 1e17)::numeric",
        PostgreSqlType.CastText when column.FoldingCollation == "citext" => "gen_random_uuid()::text::" + column.DeclaredType,
        _ => null,
    };
}

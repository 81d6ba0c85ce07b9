using System.Data.Common;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.PostgreSql.Catalogue;

/// <summary>Describes a table from pg_catalog.</summary>
internal sealed class CatalogueReader(SideSession session, TableFactsRegistry registry)
{
    public async Task<TableSchema?> DescribeAsync(TableName table, CancellationToken cancellationToken)
    {
        // to_regclass follows the search path as a statement would, and takes the quoted name letter by letter.
        SqlArgument name = new("name", PostgreSqlSyntax.Instance.Quote(table));
        List<(long Oid, TableName Name, string PhysicalId, bool IsVisible)> found = await session.QueryAsync(
            CatalogueQueries.Table,
            new[] { name },
            static row => (row.GetInt64(0), new TableName(row.GetString(1), row.GetString(2)), row.GetString(3), row.GetBoolean(4)),
            cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return null;
        }

        (long oid, TableName fullName, string physicalId, bool isVisible) = found[0];
        List<CatalogueColumn> columns = await QueryAsync(CatalogueQueries.Columns, oid, CatalogueColumn.Read, cancellationToken).ConfigureAwait(false);
        List<CatalogueIndex> indexes = await QueryAsync(CatalogueQueries.UniqueIndexes, oid, CatalogueIndex.Read, cancellationToken).ConfigureAwait(false);
        List<ForeignKeySchema> foreignKeys = await QueryAsync(CatalogueQueries.ForeignKeys, oid, ReadForeignKey, cancellationToken).ConfigureAwait(false);
        List<ForeignKeySchema> referencedBy = await QueryAsync(CatalogueQueries.ReferencedBy, oid, ReadForeignKey, cancellationToken).ConfigureAwait(false);
        List<string> triggers = await QueryAsync(CatalogueQueries.Triggers, oid, static row => row.GetString(0), cancellationToken).ConfigureAwait(false);

        registry.Remember(physicalId, new TableFacts(
            columns.Where(column => column.SortsByCodePoint).Select(column => column.Schema.Name).ToHashSet(StringComparer.Ordinal),
            indexes.Where(index => index.NullsNotDistinct).Select(index => index.Schema.Name).ToHashSet(StringComparer.Ordinal)));
        return new TableSchema
        {
            Name = fullName,
            PhysicalId = physicalId,
            IsFoundByName = isVisible,
            Columns = [.. columns.Select(column => column.Schema)],
            PrimaryKey = indexes.FirstOrDefault(index => index.IsPrimary)?.Schema.Columns ?? [],
            UniqueIndexes = [.. indexes.Where(index => !index.IsPrimary).Select(index => index.Schema)],
            ForeignKeys = foreignKeys,
            ReferencedBy = referencedBy,
            Triggers = triggers,
        };
    }

    private static ForeignKeySchema ReadForeignKey(DbDataReader row) => new()
    {
        Name = row.GetString(0),
        Child = new TableName(row.GetString(1), row.GetString(2)),
        Columns = row.GetFieldValue<string[]>(3),
        Parent = new TableName(row.GetString(4), row.GetString(5)),
        DeleteChangesChildren = row.GetBoolean(6),
        UpdateChangesChildren = row.GetBoolean(7),
    };

    private Task<List<T>> QueryAsync<T>(string sql, long oid, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        session.QueryAsync(sql, new[] { new SqlArgument("oid", oid) }, read, cancellationToken);
}

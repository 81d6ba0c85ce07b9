using System.Data.Common;
using DbMove.Dialects;

namespace DbMove.PostgreSql.Catalogue;

/// <summary>A unique index as <see cref="CatalogueQueries.UniqueIndexes"/> reads it.</summary>
internal sealed record CatalogueIndex(UniqueIndexSchema Schema, bool IsPrimary, bool NullsNotDistinct)
{
    public static CatalogueIndex Read(DbDataReader row)
    {
        bool overExpression = row.GetBoolean(2);
        return new CatalogueIndex(
            new UniqueIndexSchema(row.GetString(0), overExpression ? [] : row.GetFieldValue<string[]>(1), row.GetBoolean(3)),
            row.GetBoolean(4),
            row.GetBoolean(5));
    }
}

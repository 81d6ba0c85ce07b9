using System.Data.Common;
using Quickstart.Options;
using Quickstart.Shop;

namespace Quickstart.Databases;

/// <summary>Whether the tables that a database already has are the shop's.</summary>
internal static class ShopTables
{
    /// <summary>Whether one of these tables has a row.</summary>
    /// <exception cref="UsageException">Only some are there, or one has other columns.</exception>
    public static async Task<bool> HaveRowsAsync(ShopDatabase database, IReadOnlyCollection<string> found, CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            return false;
        }

        bool hasRows = false;
        foreach (ShopTable table in ShopSql.Tables)
        {
            string name = ShopSql.TableName(table);
            if (!found.Contains(name))
            {
                throw new UsageException($"The {database.Title} has tables of the shop, but not '{name}'; drop {string.Join(", ", found.Order())} or name another database.");
            }

            try
            {
                await using DbConnection connection = await database.OpenAsync(cancellationToken);
                await using DbCommand command = connection.CreateCommand();
                command.CommandText = ShopSql.Select(table, database.Side) + " LIMIT 1";
                await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
                hasRows |= await reader.ReadAsync(cancellationToken);
            }
            catch (DbException exception)
            {
                throw new UsageException($"The {database.Title} has a table '{name}' that this sample cannot read: {exception.Message.TrimEnd('.')}.");
            }
        }

        return hasRows;
    }
}

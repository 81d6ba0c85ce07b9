using System.Data.Common;
using DbMove;

namespace OrderService.Databases;

/// <summary>
/// Which orders a page shows. Repositories read by key; what is searched otherwise is plain SQL on the side that reads go to,
/// and finds keys only: the rows come through the repository, which knows each side's names.
/// </summary>
internal sealed class OrderNumbers(ShopDatabases databases, Migration migration)
{
    public async Task<IReadOnlyList<long>> ListAsync(long after, int limit, CancellationToken cancellationToken)
    {
        Side authority = migration.Stage.Authority();
        await using DbConnection connection = await databases[authority].OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT id FROM {ShopTables.Orders(authority)} WHERE id > @after ORDER BY id LIMIT @limit";
        Add(command, "after", after);
        Add(command, "limit", limit);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<long> ids = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

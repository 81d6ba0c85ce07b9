using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using DbMove;
using Quickstart.Databases;
using Quickstart.Shop;

namespace Quickstart.Scenario;

/// <summary>One line of the damage list.</summary>
internal sealed record DamagedRow(DamageKind Kind, string Table, long Id, int? Line);

[JsonSerializable(typeof(DamagedRow))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
internal sealed partial class DamageJson : JsonSerializerContext;

/// <summary>Damages the target behind DbMove's back, and tells afterwards what of it was found and repaired.</summary>
internal sealed class DamageList(DamagePlan plan, ShopDatabase source, ShopDatabase target)
{
    /// <summary>Writes the list, then does the damage in one transaction of plain SQL.</summary>
    public async Task InflictAsync(string path, CancellationToken cancellationToken)
    {
        await File.WriteAllLinesAsync(
            path,
            plan.Rows.Select(row => JsonSerializer.Serialize(
                new DamagedRow(row.Kind, ShopSql.TableName(row.Key.Table), row.Key.Id, row.Key.Table == ShopTable.OrderLines ? row.Key.Line : null), DamageJson.Default.DamagedRow)),
            cancellationToken);
        await target.InTransactionAsync(connection => InflictAsync(connection, cancellationToken), cancellationToken);
    }

    /// <summary>How many of the damaged rows a validation named, of the right kind. A difference that nobody made is an error.</summary>
    public int CountFound(ValidationReport report, ICollection<string> wrong)
    {
        HashSet<(InconsistencyKind Kind, string Entity, string Key)> made = [.. plan.Rows.Select(row => (KindOf(row.Kind), ShopSql.TableName(row.Key.Table), KeyText(row.Key)))];
        int found = 0;
        foreach (ValidationDifference difference in report.Sample)
        {
            if (made.Remove((difference.Kind, difference.Entity, difference.Key)))
            {
                found++;
            }
            else
            {
                wrong.Add($"validation named {difference.Entity} {difference.Key} as {difference.Kind}, which nobody damaged");
            }
        }

        if (report.Differences != report.Sample.Count)
        {
            wrong.Add($"validation counted {report.Differences} differences and named {report.Sample.Count}");
        }

        return found;
    }

    /// <summary>How many of the damaged rows are on both sides the same again, by plain SQL.</summary>
    public async Task<int> CountFixedAsync(CancellationToken cancellationToken)
    {
        int repaired = 0;
        await using DbConnection left = await source.OpenAsync(cancellationToken);
        await using DbConnection right = await target.OpenAsync(cancellationToken);
        foreach ((DamageKind _, RowKey key) in plan.Rows)
        {
            if (Equals(await FindAsync(left, Side.Source, key, cancellationToken), await FindAsync(right, Side.Target, key, cancellationToken)))
            {
                repaired++;
            }
        }

        return repaired;
    }

    private async Task InflictAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // Children go before their parents and come after them.
        foreach ((DamageKind kind, RowKey key) in plan.Rows.Where(row => row.Kind == DamageKind.Missing).OrderByDescending(row => row.Key.Table))
        {
            await ShopSql.ExecuteAsync(connection, $"DELETE FROM {ShopSql.TableName(key.Table)}{ShopSql.Where(key.Table)}", cancellationToken, Arguments(key));
        }

        foreach ((DamageKind kind, RowKey key) in plan.Rows.Where(row => row.Kind == DamageKind.Different))
        {
            string change = key.Table switch
            {
                ShopTable.Customers => "city = city || ' ?'",
                ShopTable.Orders => "total = total + 1, note = NULL",
                _ => "quantity = quantity + 1",
            };
            await ShopSql.ExecuteAsync(connection, $"UPDATE {ShopSql.TableName(key.Table)} SET {change}{ShopSql.Where(key.Table)}", cancellationToken, Arguments(key));
        }

        foreach ((DamageKind kind, RowKey key) in plan.Rows.Where(row => row.Kind == DamageKind.Extra).OrderBy(row => row.Key.Table))
        {
            string[] columns = ShopSql.Columns(key.Table, target.Side);
            object?[] values = ShopSql.Values(ExtraRow(key));
            await ShopSql.ExecuteAsync(connection, ShopSql.Insert(key.Table, target.Side), cancellationToken, [.. columns.Zip(values)]);
        }
    }

    private static object ExtraRow(RowKey key) => key.Table switch
    {
        ShopTable.Customers => new Customer { Id = key.Id, Name = "Nobody", Email = $"nobody{key.Id}@example.com", City = "Nowhere", Since = new DateOnly(2020, 2, 29) },
        ShopTable.Orders => new Order { Id = key.Id, Reference = $"X-{key.Id}", CustomerId = 1, Total = 1, PlacedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch },
        _ => new OrderLine { OrderId = key.Id, LineNumber = key.Line, Sku = "SKU-????", Quantity = 1, UnitPrice = 1 },
    };

    private static async Task<object?> FindAsync(DbConnection connection, Side side, RowKey key, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = ShopSql.Select(key.Table, side) + ShopSql.Where(key.Table);
        foreach ((string name, object? value) in Arguments(key))
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ShopSql.Read(key.Table, reader) : null;
    }

    private static (string Name, object? Value)[] Arguments(RowKey key) =>
        key.Table == ShopTable.OrderLines ? [("id", key.Id), ("line", key.Line)] : [("id", key.Id)];

    private static string KeyText(RowKey key) => key.Table == ShopTable.OrderLines ? $"[\"{key.Id}\",\"{key.Line}\"]" : $"[\"{key.Id}\"]";

    private static InconsistencyKind KindOf(DamageKind kind) => kind switch
    {
        DamageKind.Missing => InconsistencyKind.MissingInTarget,
        DamageKind.Different => InconsistencyKind.Different,
        _ => InconsistencyKind.MissingInSource,
    };
}

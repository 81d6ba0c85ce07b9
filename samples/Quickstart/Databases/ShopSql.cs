using System.Data.Common;
using DbMove;
using Quickstart.Shop;

namespace Quickstart.Databases;

/// <summary>The plain SQL that both engines understand.</summary>
internal static class ShopSql
{
    public static readonly ShopTable[] Tables = Enum.GetValues<ShopTable>();

    public static string TableName(ShopTable table) => table switch
    {
        ShopTable.Customers => "customers",
        ShopTable.Orders => "orders",
        _ => "order_lines",
    };

    /// <summary>The columns in the order in which <see cref="Read"/> and <see cref="Values"/> have them.</summary>
    public static string[] Columns(ShopTable table, Side side) => table switch
    {
        ShopTable.Customers => ["id", NameColumn(side), "email", "city", "customer_since"],
        ShopTable.Orders => ["id", "reference", "customer_id", "status", "total", "note", "placed_at", "updated_at"],
        _ => ["order_id", "line_number", "sku", "quantity", "unit_price"],
    };

    public static string NameColumn(Side side) => side == Side.Source ? "name" : "full_name";

    public static string Select(ShopTable table, Side side) => $"SELECT {string.Join(", ", Columns(table, side))} FROM {TableName(table)}";

    public static string OrderBy(ShopTable table) => table == ShopTable.OrderLines ? " ORDER BY order_id, line_number" : " ORDER BY id";

    public static string Insert(ShopTable table, Side side) =>
        $"INSERT INTO {TableName(table)} ({string.Join(", ", Columns(table, side))}) VALUES ({string.Join(", ", Columns(table, side).Select(column => "@" + column))})";

    public static string Where(ShopTable table) => table == ShopTable.OrderLines ? " WHERE order_id = @id AND line_number = @line" : " WHERE id = @id";

    public static object Read(ShopTable table, DbDataReader row) => table switch
    {
        ShopTable.Customers => new Customer
        {
            Id = row.GetInt64(0), Name = row.GetString(1), Email = row.GetString(2), City = row.GetString(3), Since = row.GetFieldValue<DateOnly>(4),
        },
        ShopTable.Orders => new Order
        {
            Id = row.GetInt64(0), Reference = row.GetString(1), CustomerId = row.GetInt64(2), Status = (OrderStatus)row.GetInt16(3), Total = row.GetDecimal(4),
            Note = row.IsDBNull(5) ? null : row.GetString(5), PlacedAt = row.GetFieldValue<DateTimeOffset>(6), UpdatedAt = row.GetFieldValue<DateTimeOffset>(7),
        },
        _ => new OrderLine
        {
            OrderId = row.GetInt64(0), LineNumber = row.GetInt32(1), Sku = row.GetString(2), Quantity = row.GetInt32(3), UnitPrice = row.GetDecimal(4),
        },
    };

    /// <summary>A row's values, in the order of <see cref="Columns"/>.</summary>
    public static object?[] Values(object row) => row switch
    {
        Customer customer => [customer.Id, customer.Name, customer.Email, customer.City, customer.Since],
        Order order => [order.Id, order.Reference, order.CustomerId, (short)order.Status, order.Total, order.Note, order.PlacedAt, order.UpdatedAt],
        OrderLine line => [line.OrderId, line.LineNumber, line.Sku, line.Quantity, line.UnitPrice],
        _ => throw new ArgumentException($"{row.GetType().Name} is no row of the shop.", nameof(row)),
    };

    /// <summary>A statement with its arguments; decimals are numbers on both engines.</summary>
    public static async Task<int> ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] arguments)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in arguments)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

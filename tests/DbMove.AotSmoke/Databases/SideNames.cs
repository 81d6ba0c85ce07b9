namespace DbMove.AotSmoke.Databases;

/// <summary>How a side calls what the other side calls otherwise.</summary>
internal sealed record SideNames(string Orders, string Customer, string Lines, string Sku, string IsFragile)
{
    public static readonly SideNames Source = new("orders", "customer_name", "\"OrderLine\"", "sku", "is_fragile");

    public static readonly SideNames Target = new("sales_orders", "customer", "order_lines", "article", "fragile");
}

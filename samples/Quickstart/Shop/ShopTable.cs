namespace Quickstart.Shop;

/// <summary>The tables, parents first.</summary>
internal enum ShopTable
{
    Customers,
    Orders,
    OrderLines,
}

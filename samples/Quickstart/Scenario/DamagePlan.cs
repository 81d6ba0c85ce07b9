using Quickstart.Seeding;
using Quickstart.Shop;

namespace Quickstart.Scenario;

/// <summary>
/// Which 75 rows of the target are going to be damaged: 25 missing, 25 different, 25 extra, in all three tables, spread over the
/// key range and beyond both of its ends. Writers leave these orders and customers alone.
/// </summary>
internal sealed class DamagePlan
{
    private const int ReservedOrders = 50;
    private const int ReservedCustomers = 5;
    private const int ExtraLine = 90;
    private const int FarBeyond = 10_000_000;
    private readonly HashSet<RowKey> _reserved = [];
    private readonly List<(DamageKind Kind, RowKey Key)> _rows = [];

    public DamagePlan(SeededShop shop)
    {
        for (int position = 0; position < ReservedOrders; position++)
        {
            long id = 1 + ((long)position * (shop.Orders / ReservedOrders));
            if (position < 5)
            {
                // A missing order is one row with one line, so that 25 stay 25.
                while (shop.LineCount(id) != 1)
                {
                    id++;
                }
            }

            _reserved.Add(new(ShopTable.Orders, id));
            AddReserved(position, id);
        }

        for (int position = 0; position < ReservedCustomers; position++)
        {
            RowKey customer = new(ShopTable.Customers, 1 + ((long)position * (shop.Customers / ReservedCustomers)));
            _reserved.Add(customer);
            _rows.Add((DamageKind.Different, customer));
            _rows.Add((DamageKind.Extra, new(ShopTable.Customers, Outside(position, shop.Customers))));
            _rows.Add((DamageKind.Extra, new(ShopTable.Orders, Outside(position, shop.Orders))));
            _rows.Add((DamageKind.Extra, new(ShopTable.OrderLines, Outside(position, shop.Orders), 1)));
        }

        _rows.Sort((one, other) => (one.Kind, one.Key).CompareTo((other.Kind, other.Key)));
    }

    /// <summary>Every row that is going to be damaged, by kind and key.</summary>
    public IReadOnlyList<(DamageKind Kind, RowKey Key)> Rows => _rows;

    /// <summary>Whether writers leave an order (with its lines) or a customer alone.</summary>
    public bool Reserves(RowKey key) => _reserved.Contains(key with { Line = 0 });

    private void AddReserved(int position, long order)
    {
        RowKey row = new(ShopTable.Orders, order);
        RowKey line = new(ShopTable.OrderLines, order, 1);
        switch (position)
        {
            case < 5:
                _rows.Add((DamageKind.Missing, row));
                _rows.Add((DamageKind.Missing, line));
                break;
            case < 20:
                _rows.Add((DamageKind.Missing, line));
                break;
            case < 30:
                _rows.Add((DamageKind.Different, row));
                break;
            case < 40:
                _rows.Add((DamageKind.Different, line));
                break;
            default:
                _rows.Add((DamageKind.Extra, line with { Line = ExtraLine }));
                break;
        }
    }

    private static long Outside(int position, int last) => position < 2 ? -1 - position : last + FarBeyond + position;
}

using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain.Sales
{
    [Migratable, Table("sales_orders")]
    public sealed partial class Order
    {
        public long Id { get; set; }

        public Shipping.Order? Shipped { get; set; }

        // {new column}
    }
}

namespace Shop.Domain.Shipping
{
    [Migratable, Table("shipping_orders")]
    public sealed partial class Order
    {
        public long Id { get; set; }

        public string Address { get; set; } = "";
    }

    public sealed partial class OrderRepository;
}

[Migratable(Name = "loose_orders")]
public sealed partial class Order
{
    public long Id { get; set; }
}

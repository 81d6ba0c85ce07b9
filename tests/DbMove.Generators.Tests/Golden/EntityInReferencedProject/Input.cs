using DbMove;
using Shop.Library;

namespace Shop.Domain;

[Migratable]
public sealed partial class Delivery
{
    public long Id { get; set; }

    public long CarrierId { get; set; }

    public Carrier? Carrier { get; set; }

    public Shop.Library.Mode Mode { get; set; }

    // {new column}
}

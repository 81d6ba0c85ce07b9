using DbMove;

namespace Shop.Domain;

[Migratable]
public sealed partial class Invoice
{
    public int Id { get; set; }

    // {new column}
}

public sealed partial class InvoiceRepository
{
    public string MigrationName => Migration.Name;
}

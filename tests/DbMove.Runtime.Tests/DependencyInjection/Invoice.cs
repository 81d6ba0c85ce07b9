using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Runtime.Tests.DependencyInjection;

[Migratable, Table("invoices")]
public sealed partial class Invoice
{
    [Key]
    public long Id { get; init; }

    public decimal Total { get; init; }
}

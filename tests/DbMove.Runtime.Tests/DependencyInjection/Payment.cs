using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Runtime.Tests.DependencyInjection;

[Migratable, Table("payments")]
public sealed partial class Payment
{
    [Key]
    public long Id { get; init; }

    public long InvoiceId { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>A line of an invoice.</summary>
[Migratable(Name = "pg_invoice_line"), Table("invoice_line")]
public sealed partial record InvoiceLine
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("invoice_line_id")]
    public int InvoiceLineId { get; init; }

    [Column("invoice_id")]
    public int InvoiceId { get; init; }

    [Column("track_id")]
    public int TrackId { get; init; }

    [Column("unit_price")]
    public decimal UnitPrice { get; init; }

    [Column("quantity")]
    public int Quantity { get; init; }
}

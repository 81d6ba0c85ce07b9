using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>A line of an invoice.</summary>
[Migratable, Table("InvoiceLine"), TargetTable("invoice_line")]
public sealed partial record InvoiceLine
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("invoice_line_id")]
    public int InvoiceLineId { get; init; }

    [TargetColumn("invoice_id")]
    public int InvoiceId { get; init; }

    [TargetColumn("track_id")]
    public int TrackId { get; init; }

    [TargetColumn("unit_price")]
    public decimal UnitPrice { get; init; }

    [TargetColumn("quantity")]
    public int Quantity { get; init; }
}

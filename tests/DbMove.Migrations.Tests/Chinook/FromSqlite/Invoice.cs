using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>An invoice of a customer.</summary>
[Migratable, Table("Invoice"), TargetTable("invoice")]
public sealed partial record Invoice
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("invoice_id")]
    public int InvoiceId { get; init; }

    [TargetColumn("customer_id")]
    public int CustomerId { get; init; }

    [TargetColumn("invoice_date")]
    public DateTime InvoiceDate { get; init; }

    [TargetColumn("billing_address")]
    public string? BillingAddress { get; init; }

    [TargetColumn("billing_city")]
    public string? BillingCity { get; init; }

    [TargetColumn("billing_state")]
    public string? BillingState { get; init; }

    [TargetColumn("billing_country")]
    public string? BillingCountry { get; init; }

    [TargetColumn("billing_postal_code")]
    public string? BillingPostalCode { get; init; }

    [TargetColumn("total")]
    public decimal Total { get; init; }
}

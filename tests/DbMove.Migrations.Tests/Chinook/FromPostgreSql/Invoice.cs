using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>An invoice of a customer.</summary>
[Migratable(Name = "pg_invoice"), Table("invoice")]
public sealed partial record Invoice
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("invoice_id")]
    public int InvoiceId { get; init; }

    [Column("customer_id")]
    public int CustomerId { get; init; }

    [Column("invoice_date")]
    public DateTime InvoiceDate { get; init; }

    [Column("billing_address")]
    public string? BillingAddress { get; init; }

    [Column("billing_city")]
    public string? BillingCity { get; init; }

    [Column("billing_state")]
    public string? BillingState { get; init; }

    [Column("billing_country")]
    public string? BillingCountry { get; init; }

    [Column("billing_postal_code")]
    public string? BillingPostalCode { get; init; }

    [Column("total")]
    public decimal Total { get; init; }
}

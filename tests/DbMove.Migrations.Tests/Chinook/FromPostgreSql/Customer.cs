using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>A customer.</summary>
[Migratable(Name = "pg_customer"), Table("customer")]
public sealed partial record Customer
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("customer_id")]
    public int CustomerId { get; init; }

    [Column("first_name")]
    public required string FirstName { get; init; }

    [Column("last_name")]
    public required string LastName { get; init; }

    [Column("company")]
    public string? Company { get; init; }

    [Column("address")]
    public string? Address { get; init; }

    [Column("city")]
    public string? City { get; init; }

    [Column("state")]
    public string? State { get; init; }

    [Column("country")]
    public string? Country { get; init; }

    [Column("postal_code")]
    public string? PostalCode { get; init; }

    [Column("phone")]
    public string? Phone { get; init; }

    [Column("fax")]
    public string? Fax { get; init; }

    [Column("email")]
    public required string Email { get; init; }

    [Column("support_rep_id")]
    public int? SupportRepId { get; init; }
}

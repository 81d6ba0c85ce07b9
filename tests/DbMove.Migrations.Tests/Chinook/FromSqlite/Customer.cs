using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>A customer.</summary>
[Migratable, Table("Customer"), TargetTable("customer")]
public sealed partial record Customer
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("customer_id")]
    public int CustomerId { get; init; }

    [TargetColumn("first_name")]
    public required string FirstName { get; init; }

    [TargetColumn("last_name")]
    public required string LastName { get; init; }

    [TargetColumn("company")]
    public string? Company { get; init; }

    [TargetColumn("address")]
    public string? Address { get; init; }

    [TargetColumn("city")]
    public string? City { get; init; }

    [TargetColumn("state")]
    public string? State { get; init; }

    [TargetColumn("country")]
    public string? Country { get; init; }

    [TargetColumn("postal_code")]
    public string? PostalCode { get; init; }

    [TargetColumn("phone")]
    public string? Phone { get; init; }

    [TargetColumn("fax")]
    public string? Fax { get; init; }

    [TargetColumn("email")]
    public required string Email { get; init; }

    [TargetColumn("support_rep_id")]
    public int? SupportRepId { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>An employee; refers to the one it reports to.</summary>
[Migratable(Name = "pg_employee"), Table("employee")]
public sealed partial record Employee
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("employee_id")]
    public int EmployeeId { get; init; }

    [Column("last_name")]
    public required string LastName { get; init; }

    [Column("first_name")]
    public required string FirstName { get; init; }

    [Column("title")]
    public string? Title { get; init; }

    [Column("reports_to")]
    public int? ReportsTo { get; init; }

    [Column("birth_date")]
    public DateTime? BirthDate { get; init; }

    [Column("hire_date")]
    public DateTime? HireDate { get; init; }

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
    public string? Email { get; init; }
}

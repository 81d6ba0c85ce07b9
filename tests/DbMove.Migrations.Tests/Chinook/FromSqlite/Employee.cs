using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>An employee; refers to the one it reports to.</summary>
[Migratable, Table("Employee"), TargetTable("employee")]
public sealed partial record Employee
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("employee_id")]
    public int EmployeeId { get; init; }

    [TargetColumn("last_name")]
    public required string LastName { get; init; }

    [TargetColumn("first_name")]
    public required string FirstName { get; init; }

    [TargetColumn("title")]
    public string? Title { get; init; }

    [TargetColumn("reports_to")]
    public int? ReportsTo { get; init; }

    [TargetColumn("birth_date")]
    public DateTime? BirthDate { get; init; }

    [TargetColumn("hire_date")]
    public DateTime? HireDate { get; init; }

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
    public string? Email { get; init; }
}

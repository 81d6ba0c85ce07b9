using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.PostgreSql.Tests.Entities;

/// <summary>A row that refers to another of its own table.</summary>
[Migratable, Table("employee")]
public sealed partial class Employee
{
    public const string Definition =
        "CREATE TABLE employee (id bigint PRIMARY KEY, reports_to bigint REFERENCES employee (id));";

    [Key, Column("id")]
    public long Id { get; set; }

    [Column("reports_to")]
    public long? ReportsTo { get; set; }
}

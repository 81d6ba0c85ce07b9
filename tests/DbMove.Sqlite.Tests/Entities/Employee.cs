using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Sqlite.Tests.Entities;

/// <summary>A row that refers to another of its own table.</summary>
[Migratable, Table("employee")]
public sealed partial class Employee
{
    public const string Definition =
        "CREATE TABLE employee (id INTEGER PRIMARY KEY, reports_to INTEGER REFERENCES Employee (id))";

    [Key, Column("id")]
    public long Id { get; set; }

    [Column("reports_to")]
    public long? ReportsTo { get; set; }
}

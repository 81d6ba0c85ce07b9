using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>A genre.</summary>
[Migratable, Table("Genre"), TargetTable("genre")]
public sealed partial record Genre
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("genre_id")]
    public int GenreId { get; init; }

    [TargetColumn("name")]
    public string? Name { get; init; }
}

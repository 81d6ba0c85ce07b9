using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>A genre.</summary>
[Migratable(Name = "pg_genre"), Table("genre")]
public sealed partial record Genre
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("genre_id")]
    public int GenreId { get; init; }

    [Column("name")]
    public string? Name { get; init; }
}

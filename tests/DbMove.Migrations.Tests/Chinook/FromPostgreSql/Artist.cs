using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>An artist.</summary>
[Migratable(Name = "pg_artist"), Table("artist")]
public sealed partial record Artist
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("artist_id")]
    public int ArtistId { get; init; }

    [Column("name")]
    public string? Name { get; init; }
}

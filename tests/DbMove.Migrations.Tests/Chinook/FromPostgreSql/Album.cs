using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>An album of an artist.</summary>
[Migratable(Name = "pg_album"), Table("album")]
public sealed partial record Album
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("album_id")]
    public int AlbumId { get; init; }

    [Column("title")]
    public required string Title { get; init; }

    [Column("artist_id")]
    public int ArtistId { get; init; }
}

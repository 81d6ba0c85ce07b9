using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>A track.</summary>
[Migratable(Name = "pg_track"), Table("track")]
public sealed partial record Track
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("track_id")]
    public int TrackId { get; init; }

    [Column("name")]
    public required string Name { get; init; }

    [Column("album_id")]
    public int? AlbumId { get; init; }

    [Column("media_type_id")]
    public int MediaTypeId { get; init; }

    [Column("genre_id")]
    public int? GenreId { get; init; }

    [Column("composer")]
    public string? Composer { get; init; }

    [Column("milliseconds")]
    public int Milliseconds { get; init; }

    [Column("bytes")]
    public int? Bytes { get; init; }

    [Column("unit_price")]
    public decimal UnitPrice { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>A track.</summary>
[Migratable, Table("Track"), TargetTable("track")]
public sealed partial record Track
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("track_id")]
    public int TrackId { get; init; }

    [TargetColumn("name")]
    public required string Name { get; init; }

    [TargetColumn("album_id")]
    public int? AlbumId { get; init; }

    [TargetColumn("media_type_id")]
    public int MediaTypeId { get; init; }

    [TargetColumn("genre_id")]
    public int? GenreId { get; init; }

    [TargetColumn("composer")]
    public string? Composer { get; init; }

    [TargetColumn("milliseconds")]
    public int Milliseconds { get; init; }

    [TargetColumn("bytes")]
    public int? Bytes { get; init; }

    [TargetColumn("unit_price")]
    public decimal UnitPrice { get; init; }
}

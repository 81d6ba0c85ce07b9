using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>An album of an artist.</summary>
[Migratable, Table("Album"), TargetTable("album")]
public sealed partial record Album
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("album_id")]
    public int AlbumId { get; init; }

    [TargetColumn("title")]
    public required string Title { get; init; }

    [TargetColumn("artist_id")]
    public int ArtistId { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>A track in a playlist: a key of two columns and nothing else.</summary>
[Migratable(Name = "pg_playlist_track"), Table("playlist_track")]
public sealed partial record PlaylistTrack
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("playlist_id", Order = 0)]
    public int PlaylistId { get; init; }

    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("track_id", Order = 1)]
    public int TrackId { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>A track in a playlist: a key of two columns and nothing else.</summary>
[Migratable, Table("PlaylistTrack"), TargetTable("playlist_track")]
public sealed partial record PlaylistTrack
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("PlaylistId", Order = 0), TargetColumn("playlist_id")]
    public int PlaylistId { get; init; }

    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("TrackId", Order = 1), TargetColumn("track_id")]
    public int TrackId { get; init; }
}

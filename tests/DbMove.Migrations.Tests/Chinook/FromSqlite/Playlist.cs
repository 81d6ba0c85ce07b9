using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>A playlist.</summary>
[Migratable, Table("Playlist"), TargetTable("playlist")]
public sealed partial record Playlist
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("playlist_id")]
    public int PlaylistId { get; init; }

    [TargetColumn("name")]
    public string? Name { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>A playlist.</summary>
[Migratable(Name = "pg_playlist"), Table("playlist")]
public sealed partial record Playlist
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("playlist_id")]
    public int PlaylistId { get; init; }

    [Column("name")]
    public string? Name { get; init; }
}

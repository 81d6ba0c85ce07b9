using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>An artist.</summary>
[Migratable, Table("Artist"), TargetTable("artist")]
public sealed partial record Artist
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("artist_id")]
    public int ArtistId { get; init; }

    [TargetColumn("name")]
    public string? Name { get; init; }
}

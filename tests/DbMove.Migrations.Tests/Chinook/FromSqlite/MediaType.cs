using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromSqlite;

/// <summary>A media type.</summary>
[Migratable, Table("MediaType"), TargetTable("media_type")]
public sealed partial record MediaType
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), TargetColumn("media_type_id")]
    public int MediaTypeId { get; init; }

    [TargetColumn("name")]
    public string? Name { get; init; }
}

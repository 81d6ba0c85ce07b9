using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>A media type.</summary>
[Migratable(Name = "pg_media_type"), Table("media_type")]
public sealed partial record MediaType
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("media_type_id")]
    public int MediaTypeId { get; init; }

    [Column("name")]
    public string? Name { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Mapping.Tests.Entities;

/// <summary>A key that the database makes, of a type that has few numbers.</summary>
[Migratable, Table("slots")]
internal sealed partial class Slot
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public byte Id { get; init; }

    public string? Note { get; set; }
}

using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Mapping.Tests.Entities;

[Migratable, Table("translations")]
internal sealed partial record Translation(
    [property: Key, Column("lang", Order = 2)] string Language,
    [property: Key, Column("product", Order = 1)] int Product,
    [property: Key, Column("kind", Order = 3)] DayOfWeek Kind)
{
    public string? Text { get; private set; }

    public Translation WithText(string? text) => this with { Text = text };
}
